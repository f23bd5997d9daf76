package io.cloneplatform.withdrawal.request;

import io.cloneplatform.common.batch.BatchStatement;
import io.cloneplatform.common.batch.Waiting;
import io.cloneplatform.common.idempotency.Imprint;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.withdrawal.BatchAnswers;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Takes the holds of requests that arrive together, and writes their withdrawals, with one statement. */
public final class HoldBatch implements BatchStatement<HoldBatch.Hold, Optional<String>> {
    private static final String REQUEST =
            """
            SELECT withdrawals_request($1, $2::uuid[], $3::uuid[], $4::bigint[], $5::bytea[], $6::bytea[], $7::text[]) AS answers
            """;

    private final SqlClient client;

    public HoldBatch(SqlClient client) {
        this.client = client;
    }

    /** A withdrawal to be, answered with its JSON answer or, where something is in its way, with nothing. */
    public record Hold(UUID id, UUID member, Money amount, Imprint imprint) {}

    @Override
    public Future<Void> write(List<Waiting<Hold, Optional<String>>> batch, boolean again) {
        List<Hold> holds = batch.stream().map(Waiting::item).toList();
        List<Imprint> imprints = holds.stream().map(Hold::imprint).toList();
        Tuple parameters = Tuple.of(again)
                .addValue(holds.stream().map(Hold::id).toArray(UUID[]::new))
                .addValue(holds.stream().map(Hold::member).toArray(UUID[]::new))
                .addValue(holds.stream().map(hold -> hold.amount().minor()).toArray(Long[]::new));
        return client.preparedQuery(REQUEST)
                .execute(BatchAnswers.imprinted(parameters, imprints))
                .map(rows -> BatchAnswers.give(batch, rows));
    }
}
