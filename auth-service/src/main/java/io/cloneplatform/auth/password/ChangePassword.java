package io.cloneplatform.auth.password;

import io.cloneplatform.auth.session.Sessions;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.FieldError;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.launch.Node;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Changes the caller's password: asks for the current one and ends all other sessions. */
public final class ChangePassword {
    private final Node node;
    private final PasswordPolicy policy;
    private final CredentialStore credentials;
    private final Sessions sessions;

    public ChangePassword(Node node, PasswordPolicy policy, CredentialStore credentials, Sessions sessions) {
        this.node = node;
        this.policy = policy;
        this.credentials = credentials;
        this.sessions = sessions;
    }

    record Body(String currentPassword, String newPassword) {
        Body {
            Objects.requireNonNull(currentPassword, "currentPassword");
            Objects.requireNonNull(newPassword, "newPassword");
        }
    }

    /**
     * What was found and made before the transaction.
     *
     * @param currentHash the stored hash, or null when the current password given is wrong
     */
    public record Prepared(String currentHash, String newHash) {}

    record Answer(String message) {}

    /** Checks the current password and hashes the new one. */
    public Future<Prepared> prepare(Request request) {
        Body body = request.body(Body.class);
        UUID id = UUID.fromString(request.caller().id());
        return credentials
                .find(node.pool(), id)
                .map(found -> found.orElse(CredentialStore.Hashes.NONE).passwordHash())
                .compose(hash -> node.hasher()
                        .matches(hash, body.currentPassword(), request.deadlineMs())
                        .compose(right -> node.hasher()
                                .hash(body.newPassword(), request.deadlineMs())
                                .map(newHash -> new Prepared(right ? hash : null, newHash))));
    }

    /** {@code auth.password.change}. */
    public Future<Reply> apply(SqlConnection tx, Request request, Prepared prepared) {
        if (prepared.currentHash() == null) {
            return Future.succeededFuture(wrong());
        }
        return policy.refusal("newPassword", request.body(Body.class).newPassword())
                .map(Future::succeededFuture)
                .orElseGet(() -> change(tx, request, prepared));
    }

    private Future<Reply> change(SqlConnection tx, Request request, Prepared prepared) {
        UUID id = UUID.fromString(request.caller().id());
        return credentials
                .replacePassword(tx, id, prepared.currentHash(), prepared.newHash())
                .compose(replaced -> replaced
                        ? sessions.revokeAll(tx, id, request.caller().sessionId())
                                .map(done -> Reply.ok(new Answer("Password changed. Other sessions were signed out.")))
                        : Future.succeededFuture(wrong()));
    }

    private static Reply wrong() {
        return new Reply.Refused(
                ErrorCode.INVALID_CREDENTIALS,
                "The current password is wrong",
                List.of(new FieldError("currentPassword", "is wrong")),
                false);
    }
}
