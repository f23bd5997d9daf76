package io.cloneplatform.auth.password;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.FieldError;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.launch.Node;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Sets or changes the password that withdrawals ask for. */
public final class SetWithdrawalPassword {
    private final Node node;
    private final PasswordPolicy policy;
    private final CredentialStore credentials;

    public SetWithdrawalPassword(Node node, PasswordPolicy policy, CredentialStore credentials) {
        this.node = node;
        this.policy = policy;
        this.credentials = credentials;
    }

    /** The account's password is not required; when given it has to be right. */
    record Body(String withdrawalPassword, String currentWithdrawalPassword, String password) {
        Body {
            Objects.requireNonNull(withdrawalPassword, "withdrawalPassword");
        }
    }

    /**
     * What was found and made before the transaction.
     *
     * @param refusal why the passwords given do not allow the change; empty when they do
     * @param currentHash the stored hash, or null when none is set
     */
    public record Prepared(Optional<Reply> refusal, String currentHash, String newHash) {}

    record Answer(String message) {}

    /** Checks the passwords given and hashes the new one. */
    public Future<Prepared> prepare(Request request) {
        Body body = request.body(Body.class);
        return credentials
                .find(node.pool(), UUID.fromString(request.caller().id()))
                .map(found -> found.orElse(CredentialStore.Hashes.NONE))
                .compose(stored -> check(body, stored, request.deadlineMs()).compose(refusal -> node.hasher()
                        .hash(body.withdrawalPassword(), request.deadlineMs())
                        .map(hash -> new Prepared(refusal, stored.withdrawalHash(), hash))));
    }

    private Future<Optional<Reply>> check(Body body, CredentialStore.Hashes stored, long deadlineMs) {
        Future<Boolean> current = stored.withdrawalHash() == null
                ? Future.succeededFuture(true)
                : body.currentWithdrawalPassword() == null
                        ? Future.succeededFuture(false)
                        : node.hasher().matches(stored.withdrawalHash(), body.currentWithdrawalPassword(), deadlineMs);
        Future<Boolean> account = body.password() == null
                ? Future.succeededFuture(true)
                : node.hasher().matches(stored.passwordHash(), body.password(), deadlineMs);
        return Future.all(current, account).map(done -> {
            if (!current.result()) {
                return Optional.of(wrongWithdrawalPassword());
            }
            return account.result() ? Optional.empty() : Optional.of(wrongPassword());
        });
    }

    /** {@code auth.withdrawal-password.set}. */
    public Future<Reply> apply(SqlConnection tx, Request request, Prepared prepared) {
        return prepared.refusal()
                .or(() -> policy.refusal(
                        "withdrawalPassword", request.body(Body.class).withdrawalPassword()))
                .map(Future::succeededFuture)
                .orElseGet(() -> replace(tx, UUID.fromString(request.caller().id()), prepared));
    }

    private Future<Reply> replace(SqlConnection tx, UUID id, Prepared prepared) {
        return credentials
                .replaceWithdrawalPassword(tx, id, prepared.currentHash(), prepared.newHash())
                .map(replaced ->
                        replaced ? Reply.ok(new Answer("Withdrawal password set.")) : wrongWithdrawalPassword());
    }

    private static Reply wrongWithdrawalPassword() {
        return refused(
                ErrorCode.WRONG_WITHDRAWAL_PASSWORD,
                "A withdrawal password is set; give the right one to change it",
                "currentWithdrawalPassword");
    }

    private static Reply wrongPassword() {
        return refused(ErrorCode.INVALID_CREDENTIALS, "The password of the account is wrong", "password");
    }

    private static Reply refused(ErrorCode code, String message, String field) {
        return new Reply.Refused(code, message, List.of(new FieldError(field, "is wrong or missing")), false);
    }
}
