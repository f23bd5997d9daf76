package io.cloneplatform.auth.secondfactor;

import io.cloneplatform.auth.secondfactor.SecondFactorStore.Locked;
import io.cloneplatform.common.audit.AuditLog;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Json;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Takes the code of an admin once: of the app, or one for recovery. Wrong ones are counted in the row that the check
 * locks, so that tries in parallel, in however many processes, are as many as they are one after the other.
 */
final class CodeCheck {
    private static final int WRONG_IN_A_ROW = 5;

    private final SecondFactorStore store;
    private final AuditLog audit;
    private final Totp totp = new Totp();

    CodeCheck(SecondFactorStore store, AuditLog audit) {
        this.store = store;
        this.audit = audit;
    }

    /** Why the code is not taken; empty when it was. A wrong code stays counted. */
    Future<Optional<Reply>> refusal(SqlConnection tx, Request request, UUID admin, Locked factor, String code) {
        if (factor.isLocked()) {
            return refused(Reply.refuse(
                    ErrorCode.SECOND_FACTOR_LOCKED, "Too many wrong codes; try again in a quarter of an hour"));
        }
        OptionalLong step = totp.step(factor.secret(), code.strip(), factor.now(), factor.lastStep());
        return step.isPresent()
                ? store.take(tx, admin, step.getAsLong()).map(Optional.empty())
                : recover(tx, request, admin, code);
    }

    private Future<Optional<Reply>> recover(SqlConnection tx, Request request, UUID admin, String code) {
        return store.useRecoveryCode(tx, admin, RecoveryCodes.hash(code))
                .compose(used -> used
                        ? store.take(tx, admin, 0)
                                .compose(done -> event(tx, request, "recovery-code-used", admin))
                                .map(Optional.empty())
                        : wrong(tx, request, admin));
    }

    private Future<Optional<Reply>> wrong(SqlConnection tx, Request request, UUID admin) {
        return store.countFailure(tx, admin, WRONG_IN_A_ROW)
                .compose(done -> event(tx, request, "second-factor-refused", admin))
                .map(Optional.of(
                        Reply.refuseKeeping(ErrorCode.WRONG_SECOND_FACTOR, "The code is wrong, or was used before")));
    }

    private Future<Void> event(SqlConnection tx, Request request, String event, UUID admin) {
        return audit.event(tx, request, event, admin.toString(), Json.object());
    }

    private static Future<Optional<Reply>> refused(Reply reply) {
        return Future.succeededFuture(Optional.of(reply));
    }
}
