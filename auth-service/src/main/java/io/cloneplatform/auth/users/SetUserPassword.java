package io.cloneplatform.auth.users;

import io.cloneplatform.auth.password.CredentialStore;
import io.cloneplatform.auth.password.PasswordPolicy;
import io.cloneplatform.auth.session.Sessions;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.password.PasswordHasher;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Objects;
import java.util.UUID;

/**
 * Gives a member who cannot sign in a new password and ends their sessions. What withdrawals ask for stays as it is: the
 * admin who sets a password cannot take money with it.
 */
public final class SetUserPassword {
    private final PasswordHasher hasher;
    private final PasswordPolicy policy;
    private final CredentialStore credentials;
    private final Sessions sessions;

    public SetUserPassword(
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

    record Answer(String message) {}

    /** Hashes the password. */
    public Future<String> prepare(Request request) {
        return hasher.hash(request.body(Body.class).password(), request.deadlineMs());
    }

    /** {@code auth.users.password}. */
    public Future<Reply> apply(SqlConnection tx, Request request, String passwordHash) {
        return policy.refusal("password", request.body(Body.class).password())
                .map(Future::succeededFuture)
                .orElseGet(() -> Ids.parse(request.param("id"))
                        .map(id -> set(tx, id, passwordHash))
                        .orElseGet(SetUserPassword::unknown));
    }

    private Future<Reply> set(SqlConnection tx, UUID id, String passwordHash) {
        return credentials
                .setMemberPassword(tx, id, passwordHash)
                .compose(known -> known ? signOut(tx, id) : unknown());
    }

    private Future<Reply> signOut(SqlConnection tx, UUID id) {
        return sessions.revokeAll(tx, id, null).map(done -> Reply.ok(new Answer("Password set.")));
    }

    private static Future<Reply> unknown() {
        return Future.succeededFuture(Reply.notFound("User"));
    }
}
