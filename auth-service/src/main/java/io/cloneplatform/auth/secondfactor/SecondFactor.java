package io.cloneplatform.auth.secondfactor;

import io.cloneplatform.auth.accounts.AdminStore;
import io.cloneplatform.common.audit.AuditLog;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Json;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An admin's own second factor: made, confirmed with a first code, asked for at every sign-in, and taken away. */
public final class SecondFactor {
    private final SecondFactorStore store = new SecondFactorStore();
    private final AdminStore admins = new AdminStore();
    private final Totp totp = new Totp();
    private final AuditLog audit = new AuditLog();
    private final CodeCheck check = new CodeCheck(store, audit);
    private final boolean required;

    /** Required of every admin, or of those who have made one. */
    public SecondFactor(boolean required) {
        this.required = required;
    }

    /**
     * Applies the rule to all who have a session: those who must make a second factor get tokens without permissions when
     * they renew theirs.
     */
    public Future<Void> establish(SqlClient client) {
        return admins.setMustEnrol(client, required);
    }

    record Body(String code) {}

    record Enrolled(String secret, String otpauthUri, String message) {}

    record Confirmed(List<String> recoveryCodes, String message) {}

    record Removed(String message) {}

    /**
     * Why an admin who knows the password does not get in; empty when they do. One who has to make a second factor first
     * gets in without permissions.
     */
    public Future<Optional<Reply>> atSignin(SqlConnection tx, Request request, UUID admin, String code) {
        return store.lock(tx, admin)
                .map(found -> found.filter(SecondFactorStore.Locked::confirmed))
                .compose(factor -> {
                    if (factor.isEmpty()) {
                        return admins.setMustEnrol(tx, admin, required).map(Optional.empty());
                    }
                    return code == null
                            ? Future.succeededFuture(Optional.of(Reply.refuse(
                                    ErrorCode.SECOND_FACTOR_REQUIRED, "The code of your second factor is required")))
                            : check.refusal(tx, request, admin, factor.get(), code);
                });
    }

    /** {@code auth.second-factor.enrol}: a new secret, which counts once it is confirmed. */
    public Future<Reply> enrol(SqlConnection tx, Request request) {
        UUID admin = caller(request);
        String secret = totp.newSecret();
        return admins.find(tx, admin)
                .compose(account -> account.isEmpty()
                        ? Future.succeededFuture(gone())
                        : store.enrol(tx, admin, secret)
                                .map(done -> done
                                        ? Reply.ok(new Enrolled(
                                                secret,
                                                Totp.uri(account.get().username(), secret),
                                                "Add it to your authenticator app, then confirm it with a code."))
                                        : Reply.refuse(
                                                ErrorCode.WRONG_STATE,
                                                "You have a second factor; remove it to make another")));
    }

    /** {@code auth.second-factor.confirm}: from now on signing in asks for a code. */
    public Future<Reply> confirm(SqlConnection tx, Request request) {
        UUID admin = caller(request);
        return store.lock(tx, admin).compose(factor -> {
            if (factor.isEmpty() || factor.get().confirmed()) {
                return Future.succeededFuture(
                        Reply.refuse(ErrorCode.WRONG_STATE, "There is no second factor that waits to be confirmed"));
            }
            return check.refusal(tx, request, admin, factor.get(), code(request))
                    .compose(refusal ->
                            refusal.map(Future::succeededFuture).orElseGet(() -> confirm(tx, request, admin)));
        });
    }

    private Future<Reply> confirm(SqlConnection tx, Request request, UUID admin) {
        List<String> codes = RecoveryCodes.make();
        List<String> hashes = codes.stream().map(RecoveryCodes::hash).toList();
        return store.confirm(tx, admin, hashes)
                .compose(done -> admins.setSecondFactor(tx, admin, true, false))
                .compose(done -> audit.event(tx, request, "second-factor-enabled", admin.toString(), Json.object()))
                .map(done -> Reply.ok(new Confirmed(
                        codes, "Keep these codes; each opens your account once, and they are shown this once.")));
    }

    /** {@code auth.second-factor.remove}: with a code, by the admin. */
    public Future<Reply> remove(SqlConnection tx, Request request) {
        UUID admin = caller(request);
        return store.lock(tx, admin)
                .map(found -> found.filter(SecondFactorStore.Locked::confirmed))
                .compose(factor -> {
                    if (factor.isEmpty()) {
                        return Future.succeededFuture(Reply.refuse(ErrorCode.WRONG_STATE, "You have no second factor"));
                    }
                    return check.refusal(tx, request, admin, factor.get(), code(request))
                            .compose(refusal -> refusal.map(Future::succeededFuture)
                                    .orElseGet(() -> take(tx, request, admin)
                                            .map(done -> Reply.ok(new Removed("Second factor removed.")))));
                });
    }

    /** Takes the factor of an admin away, with its recovery codes; false when there was none. */
    Future<Boolean> take(SqlConnection tx, Request request, UUID admin) {
        return store.remove(tx, admin).compose(removed -> admins.setSecondFactor(tx, admin, false, required)
                .compose(done -> audit.event(tx, request, "second-factor-removed", admin.toString(), Json.object()))
                .map(removed));
    }

    private static String code(Request request) {
        String code = request.body(Body.class).code();
        return code == null ? "" : code;
    }

    private static UUID caller(Request request) {
        return UUID.fromString(request.caller().id());
    }

    private static Reply gone() {
        return Reply.refuse(ErrorCode.UNAUTHENTICATED, "This account no longer exists");
    }
}
