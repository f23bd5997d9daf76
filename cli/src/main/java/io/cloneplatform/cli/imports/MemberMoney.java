package io.cloneplatform.cli.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Turns a member's legacy balance and pending withdrawals into books that hold every cent once and no debt. */
final class MemberMoney {
    private final PendingRule rule;
    private final Findings findings;
    private final Instant now;

    MemberMoney(PendingRule rule, Findings findings, Instant now) {
        this.rule = rule;
        this.findings = findings;
        this.now = now;
    }

    /**
     * Opened books.
     *
     * @param withdrawals those that were pending: with a hold, or denied
     */
    record Books(Opening opening, List<LegacyWithdrawal> withdrawals) {}

    Books open(MemberRecords records, Fields fields) {
        // Marks them as understood where they are.
        fields.money("balance");
        fields.money("totalEarned");
        LegacyMoney money = LegacyMoney.of(records, findings);
        if (money.balance() < 0) {
            findings.add(Oddity.NEGATIVE_BALANCE, records.user().key(), debt(money.balance(), fields));
        }
        List<LegacyWithdrawal> pending = records.withdrawals().stream()
                .filter(LegacyWithdrawal::isPending)
                .toList();
        long onTop = rule == PendingRule.INCLUDED
                ? 0
                : pending.stream().mapToLong(LegacyWithdrawal::amount).sum();
        long posted = Math.addExact(Math.max(0, money.balance()), onTop);
        return new Books(money.opening(posted), cover(pending, posted));
    }

    /** The predecessor took any number of requests against one balance: the oldest are served first. */
    private List<LegacyWithdrawal> cover(List<LegacyWithdrawal> pending, long posted) {
        List<LegacyWithdrawal> settled = new ArrayList<>();
        long available = posted;
        for (LegacyWithdrawal withdrawal : pending) {
            boolean covered = withdrawal.amount() <= available;
            settled.add(covered ? withdrawal : withdrawal.uncovered(now));
            available -= covered ? withdrawal.amount() : 0;
            if (!covered) {
                findings.add(
                        Oddity.WITHDRAWAL_UNCOVERED,
                        "withdrawal:" + withdrawal.legacyId(),
                        Texts.money(withdrawal.amount()) + " of " + Texts.money(available) + " available");
            }
        }
        return settled;
    }

    /** The bug replaced a balance by minus what the premium exceeded it by: what was there before can be told. */
    private static String debt(long balance, Fields fields) {
        long premium = Amounts.minor(fields.value("premiumAssignment").path("amount"))
                .or(() -> fields.money("freezeAmount"))
                .orElse(0L);
        String sentence = Texts.money(balance) + " became 0.00";
        return premium + balance > 0
                ? sentence + "; if the premium bug did it, " + Texts.money(premium + balance)
                        + " belong to the member: POST /admin/adjust-balance"
                : sentence;
    }
}
