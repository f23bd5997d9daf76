package io.cloneplatform.withdrawal;

import io.cloneplatform.common.batch.Waiting;
import io.cloneplatform.common.idempotency.Imprint;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;

/** What the statements for batches of withdrawals have in common: they take imprints last and give an array of answers. */
public final class BatchAnswers {
    private BatchAnswers() {}

    /** The parameters with the imprint of each item. */
    public static Tuple imprinted(Tuple parameters, List<Imprint> imprints) {
        return parameters
                .addValue(imprints.stream().map(Imprint::keyHash).toArray(Buffer[]::new))
                .addValue(imprints.stream().map(Imprint::fingerprint).toArray(Buffer[]::new))
                .addValue(imprints.stream().map(Imprint::operation).toArray(String[]::new));
    }

    /** Gives each item its answer, or nothing where nothing was written for it. */
    public static Void give(List<? extends Waiting<?, Optional<String>>> batch, RowSet<Row> rows) {
        String[] answers = rows.iterator().next().getArrayOfStrings("answers");
        for (int i = 0; i < answers.length; i++) {
            batch.get(i).answer().complete(Optional.ofNullable(answers[i]));
        }
        return null;
    }
}
