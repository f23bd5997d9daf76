package io.cloneplatform.auth.signin;

import io.cloneplatform.auth.Secrets;
import io.cloneplatform.common.audit.AuditLog;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.launch.Chore;
import io.cloneplatform.common.launch.Node;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Keeps passwords from being guessed: after {@value #MOST} wrong ones in a quarter of an hour nobody is told of another
 * one for as long (NIST 800-63B, section 5.2.2). All instances count together, whether there is such an account or not.
 * Sessions that are open go on, so that nobody can be kept from their money by somebody who guesses.
 */
public final class SigninLock {
    static final int MOST = 10;

    private static final long SWEEP_EVERY_MS = TimeUnit.MINUTES.toMillis(10);

    private static final String TRY = "SELECT sign_in_try($1, $2, $3) AS state";
    private static final String SWEEP =
            """
            DELETE FROM sign_in_tries WHERE login_sha256 IN (
              SELECT login_sha256 FROM sign_in_tries WHERE since < now() - interval '1 hour'
              LIMIT 5000 FOR UPDATE SKIP LOCKED)
            """;
    private static final String EVENT = "sign-in-locked";

    private final AuditLog audit = new AuditLog();

    /**
     * Counts one try.
     *
     * @param login what was typed as the account, after its kind
     * @param account whose it is, or null for nobody's
     * @return what to answer instead of a verdict, while it is locked
     */
    Future<Optional<Reply>> counted(SqlConnection tx, Request request, String login, boolean right, String account) {
        return tx.preparedQuery(TRY)
                .execute(Tuple.of(Secrets.sha256(login.toLowerCase(Locale.ROOT)), right, MOST))
                .map(rows -> rows.iterator().next().getString("state"))
                .compose(state -> switch (state) {
                    case "locked" -> Future.succeededFuture(Optional.of(locked()));
                    case "last" ->
                        audit.event(tx, request, EVENT, account, Json.object().put("minutes", 15))
                                .map(Optional.empty());
                    default -> Future.succeededFuture(Optional.empty());
                });
    }

    private static Reply locked() {
        return Reply.refuseKeeping(
                ErrorCode.SIGN_IN_LOCKED,
                "Too many wrong passwords. Signing in is possible again in a quarter of an hour; open sessions go on");
    }

    /** Forgets, every few minutes, tries that count no more. */
    public static void keepSmall(Node node) {
        Chore.every(node, SWEEP_EVERY_MS, "Old tries to sign in were not removed", () -> node.pool()
                .query(SWEEP)
                .execute());
    }
}
