package io.cloneplatform.cli.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Opens books: the only way balances come into being here is the database's own posting. */
final class Ledger {
    private static final UUID BACKING = UUID.fromString("ffffffff-ffff-ffff-ffff-fffffffffff2");

    private static final String POST =
            """
            SELECT count(*) FROM ledger_post(
              ?::uuid[], array_fill('opening'::text, ARRAY[?::integer]), array_fill('posted'::text, ARRAY[?::integer]),
              array_fill(NULL::uuid, ARRAY[?::integer]), ?::text[], array_fill('imported from the predecessor'::text, ARRAY[?::integer]),
              ?::uuid[], ?::uuid[], ?::text[], ?::bigint[], array_fill(0::bigint, ARRAY[?::integer]), ?::bigint[])
            """;

    private static final String HOLD = "SELECT ledger_hold(?, ?, ?, 'withdrawal', ?)";

    private final Sql sql;

    Ledger(Sql sql) {
        this.sql = sql;
    }

    /** Posts the opening transfers of some members as one statement. */
    void open(List<MemberPlan> plans) {
        Transfers transfers = new Transfers();
        plans.forEach(plan -> plan.opening().parts().forEach(part -> transfers.add(plan.id(), part)));
        int count = transfers.ids.size();
        if (count == 0) {
            return;
        }
        sql.single(
                POST,
                transfers.ids,
                count,
                count,
                count,
                transfers.references,
                count,
                transfers.entryTransfers,
                transfers.accounts,
                transfers.roles,
                transfers.amounts,
                transfers.accounts.size(),
                transfers.earned);
    }

    /** Reserves what a pending withdrawal asks for. */
    void hold(LegacyWithdrawal withdrawal) {
        Object covered = sql.single(
                HOLD,
                withdrawal.id(),
                withdrawal.member(),
                withdrawal.amount(),
                withdrawal.id().toString());
        if (!Boolean.TRUE.equals(covered)) {
            throw new IllegalStateException("the opening balance does not cover withdrawal " + withdrawal.id());
        }
    }

    /** The columns of a posting: each transfer has an entry of the member and the opposite one of the backing account. */
    private static final class Transfers {
        private final List<UUID> ids = new ArrayList<>();
        private final List<String> references = new ArrayList<>();
        private final List<UUID> entryTransfers = new ArrayList<>();
        private final List<UUID> accounts = new ArrayList<>();
        private final List<String> roles = new ArrayList<>();
        private final List<Long> amounts = new ArrayList<>();
        private final List<Long> earned = new ArrayList<>();

        void add(UUID member, Opening.Part part) {
            String reference = "opening:" + member + ":" + part.name();
            UUID id = LegacyIds.named(reference);
            ids.add(id);
            references.add(reference);
            entry(id, member, part.role(), part.amount(), part.earned());
            entry(id, BACKING, "source", -part.amount(), 0);
        }

        private void entry(UUID transfer, UUID account, String role, long amount, long earns) {
            entryTransfers.add(transfer);
            accounts.add(account);
            roles.add(role);
            amounts.add(amount);
            earned.add(earns);
        }
    }
}
