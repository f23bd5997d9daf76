package io.cloneplatform.cli.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Whether the predecessor's balances still contained the amounts of withdrawals that waited for an admin. Its server took
 * the amount off at approval, so they normally do. A deployment that had been changed can be told by its own numbers:
 * where lifetime earnings less approved withdrawals are known, they equal the balance, or the balance plus what is pending.
 */
enum PendingRule {
    /** The balance contains them: the hold is taken out of it. */
    INCLUDED,
    /** They had been taken off at the request: the balance opens with them on top, and the hold takes them again. */
    DEDUCTED;

    private static final long TOLERANCE = 2;

    /** What the members' own numbers say; {@link #INCLUDED} when they say nothing. */
    static PendingRule decide(Dump dump, MemberIndex index, Instant now) {
        List<MemberNode> waiting = dump.ownersOfPending().stream()
                .filter(index::has)
                .map(owner -> index.get(UUID.fromString(owner)))
                .toList();
        List<Integer> votes = new ArrayList<>();
        dump.eachBatch(
                waiting, Dump.BATCH, node -> node.id().toString(), batch -> MemberRecords.of(dump, index, batch, now)
                        .forEach(records -> votes.add(vote(records))));
        return votes.stream().mapToInt(Integer::intValue).sum() > 0 ? DEDUCTED : INCLUDED;
    }

    private static int vote(MemberRecords records) {
        LegacyMoney money = LegacyMoney.of(records, new Findings(null));
        long pending = sum(records, LegacyWithdrawal.PENDING);
        long expected = money.earned() - sum(records, "approved");
        if (pending <= 2 * TOLERANCE) {
            return 0;
        }
        return near(money.balance() + pending, expected) ? 1 : near(money.balance(), expected) ? -1 : 0;
    }

    private static long sum(MemberRecords records, String status) {
        return records.withdrawals().stream()
                .filter(withdrawal -> withdrawal.status().equals(status))
                .mapToLong(LegacyWithdrawal::amount)
                .sum();
    }

    private static boolean near(long one, long other) {
        return Math.abs(one - other) <= TOLERANCE;
    }
}
