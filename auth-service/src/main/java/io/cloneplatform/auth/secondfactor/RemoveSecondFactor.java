package io.cloneplatform.auth.secondfactor;

import io.cloneplatform.auth.AdminAccount;
import io.cloneplatform.auth.accounts.AdminStore;
import io.cloneplatform.auth.accounts.Reach;
import io.cloneplatform.auth.session.Sessions;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;

/** An admin who manages accounts takes the second factor of another one away, who lost the device; with a reason. */
public final class RemoveSecondFactor {
    private final SecondFactor factors;
    private final Sessions sessions;
    private final AdminStore admins = new AdminStore();

    public RemoveSecondFactor(SecondFactor factors, Sessions sessions) {
        this.factors = factors;
        this.sessions = sessions;
    }

    record Answer(AdminAccount account, String message) {}

    /** {@code auth.accounts.second-factor-remove}; the sessions of that admin end. */
    public Future<Reply> apply(SqlConnection tx, Request request) {
        return Ids.parse(request.param("id"))
                .map(id -> admins.find(tx, id))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()))
                .compose(account -> account.map(known -> remove(tx, request, known))
                        .orElseGet(() -> Future.succeededFuture(Reply.notFound("Account"))));
    }

    private Future<Reply> remove(SqlConnection tx, Request request, AdminAccount account) {
        if (account.id().toString().equals(request.caller().id())) {
            return Future.succeededFuture(
                    Reply.refuse(ErrorCode.WRONG_STATE, "Remove your own second factor with a code of it"));
        }
        return new Reach(request.caller())
                .over(account)
                .map(Future::succeededFuture)
                .orElseGet(() -> take(tx, request, account));
    }

    private Future<Reply> take(SqlConnection tx, Request request, AdminAccount account) {
        return factors.take(tx, request, account.id())
                .compose(removed -> removed
                        ? sessions.revokeAll(tx, account.id(), null)
                                .compose(done -> admins.find(tx, account.id()))
                                .map(now -> Reply.ok(new Answer(now.orElseThrow(), "Second factor removed.")))
                        : Future.succeededFuture(
                                Reply.refuse(ErrorCode.WRONG_STATE, "This admin has no second factor")));
    }
}
