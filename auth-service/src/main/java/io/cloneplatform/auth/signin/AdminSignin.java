package io.cloneplatform.auth.signin;

import io.cloneplatform.auth.secondfactor.SecondFactor;
import io.cloneplatform.common.audit.AuditLog;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Json;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;

/** Signing in as an admin: what signing in is, the second factor before it, and a record of who did not get in. */
public final class AdminSignin {
    private final Signin signin;
    private final SecondFactor factors;
    private final AccountStore accounts = new AccountStore();
    private final AuditLog audit = new AuditLog();

    public AdminSignin(Signin signin, SecondFactor factors) {
        this.signin = signin;
        this.factors = factors;
    }

    record Body(String email, String username, String code) {
        String login() {
            return email == null ? username : email;
        }
    }

    /** {@code auth.admin-login}; only who knows the password hears of a second factor. */
    public Future<Reply> apply(SqlConnection tx, Request request, Optional<Account> verified) {
        return signin.locked(tx, request, verified)
                .compose(locked -> locked.map(Future::succeededFuture).orElseGet(() -> judge(tx, request, verified)));
    }

    private Future<Reply> judge(SqlConnection tx, Request request, Optional<Account> verified) {
        Future<Optional<Reply>> refusal = verified.map(account -> factors.atSignin(
                        tx,
                        request,
                        account.subject().id(),
                        request.body(Body.class).code()))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
        return refusal.compose(refused -> refused.map(Future::succeededFuture)
                .orElseGet(() -> signin.judge(tx, request, verified).compose(reply -> recorded(tx, request, reply))));
    }

    private Future<Reply> recorded(SqlConnection tx, Request request, Reply reply) {
        return reply instanceof Reply.Refused refused && refused.code() == ErrorCode.INVALID_CREDENTIALS
                ? accounts.admin(tx, request.body(Body.class).login())
                        .compose(account -> record(tx, request, account))
                        .map(refused.keeping())
                : Future.succeededFuture(reply);
    }

    // What was typed is not recorded: people type passwords into the wrong field.
    private Future<Void> record(SqlConnection tx, Request request, Optional<Account> account) {
        String subject = account.map(known -> known.subject().id().toString()).orElse(null);
        return audit.event(tx, request, "sign-in-failed", subject, Json.object().put("result", "refused"));
    }
}
