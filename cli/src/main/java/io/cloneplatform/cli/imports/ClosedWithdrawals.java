package io.cloneplatform.cli.imports;

import io.cloneplatform.cli.imports.RecordImport.Outcome;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Withdrawals that ended: documents that tell what happened; the opening balance has their effect already. */
final class ClosedWithdrawals {
    private static final String FIND = "SELECT key FROM kv_store_44a642d3 WHERE key = ANY (?::text[])";

    private final Sql sql;
    private final MemberIndex index;
    private final Instant now;

    ClosedWithdrawals(Sql sql, MemberIndex index, Instant now) {
        this.sql = sql;
        this.index = index;
        this.now = now;
    }

    List<Outcome> convert(List<LegacyRecord> batch) {
        MemberNames names = MemberNames.ofOwners(sql, batch, index);
        Set<String> here = here(batch);
        return batch.stream().map(row -> convert(row, names, here)).toList();
    }

    /** The keys of those pending ones that were written with their members, now or before. */
    private Set<String> here(List<LegacyRecord> batch) {
        List<String> keys = batch.stream()
                .filter(row -> index.has(row.owner()))
                .flatMap(row -> LegacyWithdrawal.of(row, now).stream())
                .filter(LegacyWithdrawal::isPending)
                .map(LegacyWithdrawal::key)
                .toList();
        Set<String> here = new HashSet<>();
        sql.query(FIND, row -> here.add(row.getString(1)), keys);
        return here;
    }

    private Outcome convert(LegacyRecord row, MemberNames names, Set<String> here) {
        if (!index.has(row.owner())) {
            return Outcome.ofNobody(row);
        }
        Optional<LegacyWithdrawal> read = LegacyWithdrawal.of(row, now);
        if (read.isEmpty()) {
            String state = row.value().path("status").asText("none");
            String amount = row.value().path("amount").asText("none");
            return Outcome.kept(Oddity.STATUS_UNKNOWN, Texts.line("status " + state + ", amount " + amount, 100));
        }
        LegacyWithdrawal withdrawal = read.orElseThrow();
        UUID member = withdrawal.member();
        // A pending one was written with its member and the hold, unless the member was here without it.
        if (withdrawal.isPending()) {
            return names.has(member) && !here.contains(withdrawal.key())
                    ? Outcome.kept(Oddity.WITHDRAWAL_LATE, Texts.money(withdrawal.amount()))
                    : Outcome.consumed();
        }
        var document = withdrawal.document(names.email(member), names.name(member));
        return Outcome.converted(
                new Document(withdrawal.key(), document, withdrawal.requestedAt()),
                "withdrawals " + withdrawal.status());
    }
}
