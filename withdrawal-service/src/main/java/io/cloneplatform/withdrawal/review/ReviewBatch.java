package io.cloneplatform.withdrawal.review;

import io.cloneplatform.common.batch.BatchStatement;
import io.cloneplatform.common.batch.Waiting;
import io.cloneplatform.common.idempotency.Imprint;
import io.cloneplatform.withdrawal.BatchAnswers;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Ends withdrawals that admins decide about at the same time with one statement, audit records included. */
public final class ReviewBatch implements BatchStatement<ReviewBatch.Decision, Optional<String>> {
    private static final String REVIEW =
            """
            SELECT withdrawals_review($1, $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[],
                                      $7::bytea[], $8::bytea[], $9::text[]) AS answers
            """;

    private final SqlClient client;

    public ReviewBatch(SqlClient client) {
        this.client = client;
    }

    /**
     * What becomes of a withdrawal, answered with its JSON answer or, where something is in its way, with nothing.
     *
     * @param change what is changed in its document, as JSON
     * @param message what the admin is told
     */
    public record Decision(UUID id, String change, String message, Imprint imprint) {}

    @Override
    public Future<Void> write(List<Waiting<Decision, Optional<String>>> batch, boolean again) {
        List<Decision> decisions = batch.stream().map(Waiting::item).toList();
        List<Imprint> imprints = decisions.stream().map(Decision::imprint).toList();
        Tuple parameters = Tuple.of(again)
                .addValue(decisions.stream().map(Decision::id).toArray(UUID[]::new))
                .addValue(texts(decisions, Decision::change))
                .addValue(texts(decisions, Decision::message))
                .addValue(texts(imprints, imprint -> imprint.audit().key()))
                .addValue(texts(imprints, imprint -> imprint.audit().document()));
        return client.preparedQuery(REVIEW)
                .execute(BatchAnswers.imprinted(parameters, imprints))
                .map(rows -> BatchAnswers.give(batch, rows));
    }

    private static <T> String[] texts(List<T> items, Function<T, String> text) {
        return items.stream().map(text).toArray(String[]::new);
    }
}
