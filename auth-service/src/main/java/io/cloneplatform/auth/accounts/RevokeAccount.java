package io.cloneplatform.auth.accounts;

import io.cloneplatform.auth.password.CredentialStore;
import io.cloneplatform.auth.session.Sessions;
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
                .map(id -> revoke(tx, id))
                .orElseGet(() -> Future.succeededFuture(AccountAnswer.notFound()));
    }

    private Future<Reply> revoke(SqlConnection tx, UUID id) {
        return store.find(tx, id)
                .compose(known -> known.isEmpty()
                        ? Future.succeededFuture(AccountAnswer.notFound())
                        : credentials
                                .remove(tx, id)
                                .compose(done -> sessions.revokeAll(tx, id, null))
                                .compose(done ->
                                        store.update(tx, id, Json.object().put("status", "revoked")))
                                .map(account -> AccountAnswer.of(account.orElseThrow(), "Account revoked.")));
    }
}
