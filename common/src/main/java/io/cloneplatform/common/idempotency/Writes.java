package io.cloneplatform.common.idempotency;

import io.cloneplatform.common.audit.AuditLog;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.idempotency.IdempotencyStore.Use;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs a state-changing operation in one transaction, together with its idempotency row and its audit record. A refusal
 * leaves no effect but one that says so; under a key the refusal itself is kept and replayed.
 */
public final class Writes {
    private final Pool pool;
    private final SqlClient lookups;
    private final IdempotencyStore keys;
    private final AuditLog audit;

    public Writes(Pool pool, SqlClient lookups, IdempotencyStore keys, AuditLog audit) {
        this.pool = pool;
        this.lookups = lookups;
        this.keys = keys;
        this.audit = audit;
    }

    /** Runs the operation, or replays the first answer to the request's idempotency key. */
    public Future<Reply> run(Request request, Function<SqlConnection, Future<Reply>> operation) {
        Future<Reply> outcome = request.idempotencyKey() == null
                ? pool.withTransaction(tx -> attempt(tx, request, operation).compose(Writes::rollBackRefusal))
                : keyed(request, new SealedKey(request), operation);
        return outcome.recover(failure -> failure instanceof Refusal refusal
                ? Future.succeededFuture(refusal.reply)
                : Future.failedFuture(failure));
    }

    /**
     * Runs the operation as one statement. Where that finds nothing to answer, it has written nothing, and the operation
     * runs in a transaction to find out why.
     *
     * @param statement writes the imprint with the effect and returns the JSON answer
     */
    public Future<Reply> run(
            Request request,
            Function<Imprint, Future<Optional<String>>> statement,
            Function<SqlConnection, Future<Reply>> operation) {
        return statement
                .apply(imprint(request))
                .recover(failure -> isLockTimeout(failure)
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(failure))
                .compose(answer -> answer.isPresent()
                        ? Future.succeededFuture(IdempotencyStore.written(answer.get()))
                        : run(request, operation));
    }

    private Imprint imprint(Request request) {
        return Imprint.of(
                request.operation(),
                request.idempotencyKey() == null ? null : new SealedKey(request),
                request.caller().isAdmin() ? audit.entry(request) : null);
    }

    private Future<Reply> keyed(Request request, SealedKey key, Function<SqlConnection, Future<Reply>> operation) {
        return pool.withTransaction(tx -> claim(tx, key, request)
                .compose(first -> first ? firstTime(tx, key, request, operation) : replay(tx, key)));
    }

    // Waits while another request holds the same key; the database's lock timeout bounds the wait.
    private Future<Boolean> claim(SqlConnection tx, SealedKey key, Request request) {
        return keys.claim(tx, key, request.operation())
                .recover(failure -> isLockTimeout(failure)
                        ? Future.failedFuture(new Refusal(Reply.refuse(
                                ErrorCode.IDEMPOTENCY_KEY_IN_PROGRESS,
                                "A request with this idempotency key is still running")))
                        : Future.failedFuture(failure));
    }

    private static boolean isLockTimeout(Throwable failure) {
        return failure instanceof PgException e && "55P03".equals(e.getSqlState());
    }

    private Future<Reply> firstTime(
            SqlConnection tx, SealedKey key, Request request, Function<SqlConnection, Future<Reply>> operation) {
        return tx.query("SAVEPOINT effect")
                .execute()
                .compose(ignored -> attempt(tx, request, operation))
                .compose(reply -> keepOrUndo(tx, reply))
                .compose(reply -> keys.complete(tx, key, reply).map(reply));
    }

    private static Future<Reply> keepOrUndo(SqlConnection tx, Reply reply) {
        if (reply instanceof Reply.Refused refused) {
            if (refused.kept()) {
                return Future.succeededFuture(reply);
            }
            return refused.failed()
                    ? Future.failedFuture(new Refusal(reply))
                    : tx.query("ROLLBACK TO SAVEPOINT effect").execute().map(reply);
        }
        return Future.succeededFuture(reply);
    }

    /** The answer to a request whose key was used before; empty when the request is new or has no key. */
    public Future<Optional<Reply>> earlier(Request request) {
        return request.idempotencyKey() == null
                ? Future.succeededFuture(Optional.empty())
                : keys.find(lookups, new SealedKey(request))
                        .map(use -> use.filter(found -> !found.expired()).map(Use::reply));
    }

    /** The first answer to a key that is known to be taken, or the refusal when it was for another request. */
    public Future<Reply> replay(SealedKey key) {
        return replay(pool, key);
    }

    private Future<Reply> replay(SqlClient client, SealedKey key) {
        return keys.find(client, key).map(use -> use.orElseThrow().reply());
    }

    private Future<Reply> attempt(SqlConnection tx, Request request, Function<SqlConnection, Future<Reply>> operation) {
        return request.caller().isAdmin()
                ? audit.begin(tx)
                        .compose(begun -> operation.apply(tx))
                        .compose(reply -> reply instanceof Reply.Done
                                ? audit.record(tx, request).map(reply)
                                : Future.succeededFuture(reply))
                : operation.apply(tx);
    }

    private static Future<Reply> rollBackRefusal(Reply reply) {
        return reply instanceof Reply.Refused refused && !refused.kept()
                ? Future.failedFuture(new Refusal(reply))
                : Future.succeededFuture(reply);
    }

    /** Carries a refusal out of a transaction that must roll back. */
    private static final class Refusal extends RuntimeException {
        private final transient Reply reply;

        Refusal(Reply reply) {
            super(null, null, false, false);
            this.reply = reply;
        }
    }
}
