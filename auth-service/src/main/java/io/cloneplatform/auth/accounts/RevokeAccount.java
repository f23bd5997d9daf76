package io.cloneplatform.auth.accounts;

import io.cloneplatform.auth.AdminAccount;
import io.cloneplatform.auth.password.CredentialStore;
import io.cloneplatform.auth.session.Sessions;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.UUID;

/** Takes an admin's account away for good: the credential goes, the sessions end, the name stays taken. */
public final class RevokeAccount {
    private final CredentialStore credentials;
    private final Sessions sessions;
    private final AdminStore store = new AdminStore();

    public RevokeAccount(CredentialStore credentials, Sessions sessions) {
        this.credentials = credentials;
        this.sessions = sessions;
    }

    /** {@code auth.accounts.revoke}. */
    public Future<Reply> apply(SqlConnection tx, Request request) {
        return Ids.parse(request.param("id"))
                .map(id -> revoke(tx, new Reach(request.caller()), id))
                .orElseGet(() -> Future.succeededFuture(AccountAnswer.notFound()));
    }

    private Future<Reply> revoke(SqlConnection tx, Reach reach, UUID id) {
        return store.lockNames(tx).compose(locked -> store.find(tx, id)).compose(account -> account.map(known ->
                        reach.revoke(known).map(Future::succeededFuture).orElseGet(() -> revoke(tx, known)))
                .orElseGet(() -> Future.succeededFuture(AccountAnswer.notFound())));
    }

    private Future<Reply> revoke(SqlConnection tx, AdminAccount account) {
        return store.isLastSuperAdmin(tx, account)
                .compose(last -> last
                        ? Future.succeededFuture(
                                Reply.refuse(ErrorCode.WRONG_STATE, "The last super admin cannot be revoked"))
                        : remove(tx, account.id()));
    }

    private Future<Reply> remove(SqlConnection tx, UUID id) {
        return credentials
                .remove(tx, id)
                .compose(done -> sessions.revokeAll(tx, id, null))
                .compose(done -> store.update(tx, id, Json.object().put("status", "revoked")))
                .map(account -> AccountAnswer.of(account.orElseThrow(), "Account revoked."));
    }
}
