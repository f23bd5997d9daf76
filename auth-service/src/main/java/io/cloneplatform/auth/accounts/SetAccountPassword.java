package io.cloneplatform.auth.accounts;

import io.cloneplatform.auth.AdminAccount;
import io.cloneplatform.auth.password.CredentialStore;
import io.cloneplatform.auth.password.PasswordPolicy;
import io.cloneplatform.auth.session.Sessions;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.password.PasswordHasher;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Objects;
import java.util.UUID;

/** Sets an admin's password and ends their sessions. */
public final class SetAccountPassword {
    private final PasswordHasher hasher;
    private final PasswordPolicy policy;
    private final CredentialStore credentials;
    private final Sessions sessions;
    private final AdminStore store = new AdminStore();

    public SetAccountPassword(
            PasswordHasher hasher, PasswordPolicy policy, CredentialStore credentials, Sessions sessions) {
        this.hasher = hasher;
        this.policy = policy;
        this.credentials = credentials;
        this.sessions = sessions;
    }

    record Body(String password) {
        Body {
            Objects.requireNonNull(password, "password");
        }
    }

    /** Hashes the password. */
    public Future<String> prepare(Request request) {
        return hasher.hash(request.body(Body.class).password(), request.deadlineMs());
    }

    /** {@code auth.accounts.password}. */
    public Future<Reply> apply(SqlConnection tx, Request request, String passwordHash) {
        return policy.refusal("password", request.body(Body.class).password())
                .map(Future::succeededFuture)
                .orElseGet(() -> Ids.parse(request.param("id"))
                        .map(id -> set(tx, new Reach(request.caller()), id, passwordHash))
                        .orElseGet(() -> Future.succeededFuture(AccountAnswer.notFound())));
    }

    private Future<Reply> set(SqlConnection tx, Reach reach, UUID id, String passwordHash) {
        return store.find(tx, id).compose(account -> account.map(known ->
                        reach.over(known).map(Future::succeededFuture).orElseGet(() -> set(tx, known, passwordHash)))
                .orElseGet(() -> Future.succeededFuture(AccountAnswer.notFound())));
    }

    private Future<Reply> set(SqlConnection tx, AdminAccount account, String passwordHash) {
        return credentials
                .setPassword(tx, account.id(), passwordHash)
                .compose(known -> known ? signOut(tx, account) : revoked());
    }

    private Future<Reply> signOut(SqlConnection tx, AdminAccount account) {
        return sessions.revokeAll(tx, account.id(), null).map(done -> AccountAnswer.of(account, "Password set."));
    }

    private static Future<Reply> revoked() {
        return Future.succeededFuture(
                Reply.refuse(ErrorCode.WRONG_STATE, "The account is revoked and cannot get a password"));
    }
}
