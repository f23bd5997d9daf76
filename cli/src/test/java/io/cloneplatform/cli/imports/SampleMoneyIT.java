package io.cloneplatform.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import org.junit.jupiter.api.Test;

/** What members have and had is carried over to the cent, and only once. */
class SampleMoneyIT {
    private static final ImportedSample SAMPLE = ImportedSample.get();

    @Test
    void everyMemberIsCarriedOver() {
        assertThat(SAMPLE.first().exit()).isZero();
        assertThat(SAMPLE.number("SELECT count(*) FROM member")).isEqualTo(SampleDump.MEMBERS + SampleOddities.STRAYS);
        assertThat(SAMPLE.first().out()).contains(SampleDump.MEMBERS + SampleOddities.STRAYS + " members");
    }

    @Test
    void aDryRunTellsTheSameAndWritesNothing() {
        assertThat(SAMPLE.states().get(1)).isEqualTo(SAMPLE.states().get(0));
        assertThat(SAMPLE.dry().exit()).isZero();
        assertThat(SAMPLE.dry().report().replace("; --report FILE lists all", ""))
                .isEqualTo(SAMPLE.first().report());
        assertThat(SAMPLE.dry().lastLine()).isEqualTo("dry run: nothing was written");
    }

    @Test
    void aSecondRunChangesNothing() {
        assertThat(SAMPLE.states().get(3))
                .isEqualTo(SAMPLE.states().get(2))
                .isNotEqualTo(SAMPLE.states().get(1));
        assertThat(SAMPLE.second().report()).isEqualTo(SAMPLE.dry().report());
        assertThat(SAMPLE.second().lastLine()).isEqualTo("0 changed");
    }

    @Test
    void whatBelongsToMembersIsExactToTheCent() {
        long balances = SAMPLE.sum(member -> Math.max(0, member.balance()));
        assertThat(SAMPLE.number("SELECT sum(posted) FROM ledger_account WHERE kind = 'member'"))
                .isEqualTo(balances);
        assertThat(SAMPLE.first().out())
                .contains("(" + (balances - held()) + " minor units)")
                .contains("(" + held() + " minor units)");
    }

    @Test
    void lifetimeEarningsAreExactToTheCent() {
        assertThat(SAMPLE.number("SELECT sum(earned) FROM ledger_account WHERE kind = 'member'"))
                .isEqualTo(SAMPLE.sum(SampleMember::earned));
        SampleMember parent = SAMPLE.members().stream()
                .max(Comparator.comparingLong(SampleMember::fromChildren))
                .orElseThrow();
        assertThat(SAMPLE.number(
                        "SELECT sum(amount) FROM ledger_month WHERE account_id = ? AND role = 'opening_level_1'",
                        ImportedSample.id(parent)))
                .isEqualTo(parent.fromChildren());
    }

    @Test
    void theBooksAddUpAndDocumentsShowThem() {
        assertThat(SAMPLE.number("SELECT sum(posted) FROM ledger_account")).isZero();
        assertThat(
                        SAMPLE.number(
                                "SELECT count(*) FROM ledger_account WHERE kind = 'member' AND (balance < 0 OR commission <> 0)"))
                .isZero();
        assertThat(
                        SAMPLE.number(
                                """
                        SELECT count(*) FROM ledger_account a JOIN kv_store_44a642d3 u ON u.key = 'user:' || a.id
                        WHERE u.value -> 'balance' = to_jsonb(to_major(a.balance))
                          AND u.value -> 'heldBalance' = to_jsonb(to_major(a.held))
                          AND u.value -> 'totalEarned' = to_jsonb(to_major(a.earned))
                        """))
                .isEqualTo(SampleDump.MEMBERS + SampleOddities.STRAYS);
    }

    private static long held() {
        return SAMPLE.sum(member -> member.pending() <= member.balance() ? member.pending() : 0);
    }

    @Test
    void pendingWithdrawalsAreHeldOutOfTheBalanceThatStillHadThem() {
        assertThat(SAMPLE.number("SELECT sum(held) FROM ledger_account")).isEqualTo(held());
        assertThat(SAMPLE.first().out()).contains("still included in the balances");
        SampleMember waiting = SAMPLE.first(member -> member.pending() > 0 && member.pending() <= member.balance());
        assertThat(SAMPLE.number("SELECT balance FROM ledger_account WHERE id = ?", ImportedSample.id(waiting)))
                .isEqualTo(waiting.balance() - waiting.pending());
        assertThat(SAMPLE.number(
                        "SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'withdrawal:' || ? || ':%' AND status = 'pending' AND amount = to_major(?)",
                        ImportedSample.id(waiting), waiting.pending()))
                .isEqualTo(1);
    }

    @Test
    void pendingWithdrawalsThatNothingCoversAreDenied() {
        SampleMember poor = SAMPLE.first(member -> member.pending() > 0 && member.pending() > member.balance());
        assertThat(SAMPLE.number(
                        "SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'withdrawal:' || ? || ':%' AND status = 'denied' AND value ->> 'denialReason' LIKE '%did not cover%'",
                        ImportedSample.id(poor)))
                .isEqualTo(1);
        assertThat(SAMPLE.report()).contains("WITHDRAWAL_UNCOVERED");
    }

    @Test
    void closedWithdrawalsAreDocumentsThatMoveNothing() {
        assertThat(SAMPLE.number(
                        "SELECT count(*) FROM ledger_transfer WHERE kind = 'withdrawal' AND phase <> 'pending'"))
                .isZero();
        assertThat(
                        SAMPLE.number(
                                "SELECT sum(amount * 100) FROM kv_store_44a642d3 WHERE key LIKE 'withdrawal:%' AND status = 'approved'"))
                .isEqualTo(SAMPLE.sum(SampleMember::approved));
    }

    @Test
    void premiumAssignmentsAreOffersAndFreezeNobody() {
        SampleMember frozen = SAMPLE.first(SampleMember::hasDebt);
        assertThat(SAMPLE.user(frozen.number(), "accountFrozen")).isEqualTo("false");
        assertThat(SAMPLE.user(frozen.number(), "premiumAssignment,status")).isEqualTo("offered");
        assertThat(SAMPLE.user(frozen.number(), "balance")).isEqualTo("0");
        assertThat(SAMPLE.report())
                .contains("-50.00 became 0.00; if the premium bug did it, ")
                .contains("POST /admin/adjust-balance");
        assertThat(SAMPLE.number(
                        "SELECT count(*) FROM kv_store_44a642d3 WHERE key LIKE 'premium:%' AND status = 'offered'"))
                .isEqualTo(SAMPLE.members().stream()
                        .filter(member -> member.hasDebt() || member.hasPaidPremium())
                        .count());
    }
}
