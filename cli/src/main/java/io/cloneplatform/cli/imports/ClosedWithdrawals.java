package io.cloneplatform.cli.imports;

import io.cloneplatform.cli.imports.RecordImport.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Withdrawals that ended: documents that tell what happened; the opening balance has their effect already. */
final class ClosedWithdrawals {
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
        return batch.stream().map(row -> convert(row, names)).toList();
    }

    private Outcome convert(LegacyRecord row, MemberNames names) {
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
        // A pending one was written with its member and the hold.
        if (withdrawal.isPending()) {
            return Outcome.consumed();
        }
        UUID member = withdrawal.member();
        var document = withdrawal.document(names.email(member), names.name(member));
        return Outcome.converted(
                new Document(withdrawal.key(), document, withdrawal.requestedAt()),
                "withdrawals " + withdrawal.status());
    }
}
