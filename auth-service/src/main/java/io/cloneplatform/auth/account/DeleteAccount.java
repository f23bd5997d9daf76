package io.cloneplatform.auth.account;

import io.cloneplatform.auth.password.CredentialStore;
import io.cloneplatform.auth.users.Removal;
import io.cloneplatform.common.audit.AuditLog;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.FieldError;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.launch.Node;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** A member leaves: asks for the password, since what it does cannot be undone. */
public final class DeleteAccount {
    private final Node node;
    private final CredentialStore credentials;
    private final Removal removal;
    private final AuditLog audit = new AuditLog();

    public DeleteAccount(Node node, CredentialStore credentials, Removal removal) {
        this.node = node;
        this.credentials = credentials;
        this.removal = removal;
    }

    record Body(String password) {
        Body {
            Objects.requireNonNull(password, "password");
        }
    }

    record Answer(String message) {}

    /** The hash that the password given belongs to; empty when it is wrong. */
    public Future<Optional<String>> prepare(Request request) {
        Body body = request.body(Body.class);
        return credentials
                .passwordHash(node.pool(), UUID.fromString(request.caller().id()))
                .compose(hash -> node.hasher()
                        .matches(hash.orElse(null), body.password(), request.deadlineMs())
                        .map(right -> right ? hash : Optional.empty()));
    }

    /** {@code auth.account.delete}. */
    public Future<Reply> apply(SqlConnection tx, Request request, Optional<String> hash) {
        if (hash.isEmpty()) {
            return Future.succeededFuture(wrong());
        }
        UUID id = UUID.fromString(request.caller().id());
        return credentials
                .confirm(tx, id, hash.get())
                .compose(same -> same ? remove(tx, request, id) : Future.succeededFuture(wrong()));
    }

    private Future<Reply> remove(SqlConnection tx, Request request, UUID id) {
        return audit.event(tx, request, "account-deleted", id.toString(), Json.object())
                .compose(done -> removal.apply(tx, id))
                .map(outcome -> outcome.known() ? answer(outcome.reasons()) : gone());
    }

    private static Reply answer(List<String> reasons) {
        return reasons.isEmpty()
                ? Reply.ok(new Answer("Your account is deleted. Nothing that says who you were is kept."))
                : Reply.refuse(
                        ErrorCode.MONEY_HELD_OR_OWED,
                        "Your account cannot be deleted yet: it " + String.join(", and ", reasons));
    }

    private static Reply gone() {
        return Reply.refuse(ErrorCode.UNAUTHENTICATED, "This account no longer exists");
    }

    private static Reply wrong() {
        return new Reply.Refused(
                ErrorCode.INVALID_CREDENTIALS,
                "The password is wrong",
                List.of(new FieldError("password", "is wrong")),
                false);
    }
}
