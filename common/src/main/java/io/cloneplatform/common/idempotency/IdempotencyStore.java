package io.cloneplatform.common.idempotency;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.StoredReply;
import io.cloneplatform.common.json.Json;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/**
 * Keeps first answers for 24 hours: sealed, or, when they hold no secret and were written by the statement that had the
 * effect, as they are. Claiming and completing take the transaction of the effect.
 */
public final class IdempotencyStore {
    private static final Reply REUSED =
            Reply.refuse(ErrorCode.IDEMPOTENCY_KEY_REUSED, "This idempotency key was used for another request");

    private static final String CLAIM =
            """
            INSERT INTO idempotency_key AS k (key_hash, fingerprint, operation) VALUES ($1, $2, $3)
            ON CONFLICT (key_hash) DO UPDATE
              SET fingerprint = excluded.fingerprint, operation = excluded.operation, reply = NULL, answer = NULL,
                created_at = now()
              WHERE k.created_at < now() - interval '24 hours'
            """;

    private static final String COMPLETE = "UPDATE idempotency_key SET reply = $2 WHERE key_hash = $1";

    private static final String FIND =
            """
            SELECT fingerprint, reply, answer, created_at < now() - interval '24 hours' AS expired
            FROM idempotency_key WHERE key_hash = $1
            """;

    private static final String SWEEP =
            """
            DELETE FROM idempotency_key WHERE key_hash IN (
              SELECT key_hash FROM idempotency_key WHERE created_at < now() - interval '24 hours'
              LIMIT 5000 FOR UPDATE SKIP LOCKED)
            """;

    /** Whether this request is the first with its key; waits while another transaction holds the key. */
    Future<Boolean> claim(SqlConnection tx, SealedKey key, String operation) {
        return tx.preparedQuery(CLAIM)
                .execute(Tuple.of(Buffer.buffer(key.hash()), Buffer.buffer(key.fingerprint()), operation))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Stores the first answer. */
    Future<Void> complete(SqlConnection tx, SealedKey key, Reply reply) {
        Buffer sealed = Buffer.buffer(key.seal(StoredReply.encode(reply)));
        return tx.preparedQuery(COMPLETE)
                .execute(Tuple.of(Buffer.buffer(key.hash()), sealed))
                .mapEmpty();
    }

    /** What the key was used for; empty when it was not. */
    Future<Optional<Use>> find(SqlClient client, SealedKey key) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(Buffer.buffer(key.hash())))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(use(rows.iterator().next(), key)));
    }

    /**
     * A use of a key.
     *
     * @param expired whether it is too long ago to count
     * @param reply the first answer, or the refusal when it was another request's
     */
    record Use(boolean expired, Reply reply) {}

    private static Use use(Row row, SealedKey key) {
        boolean same = key.sameRequest(row.getBuffer("fingerprint").getBytes());
        return new Use(row.getBoolean("expired"), same ? answer(row, key).asReplay() : REUSED);
    }

    private static Reply answer(Row row, SealedKey key) {
        String answer = row.getString("answer");
        return answer == null
                ? StoredReply.decode(key.open(row.getBuffer("reply").getBytes()))
                : written(answer);
    }

    /** The answer that a statement wrote; without the spaces that the database puts into JSON. */
    static Reply written(String answer) {
        return new Reply.Done(Json.bytes(Json.read(answer)), false);
    }

    /** Forgets a bounded number of keys older than 24 hours. */
    public Future<Integer> sweep(SqlClient client) {
        return client.query(SWEEP).execute().map(RowSet::rowCount);
    }
}
