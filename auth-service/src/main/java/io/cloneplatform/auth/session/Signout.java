package io.cloneplatform.auth.session;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;

/** Ends the caller's session at once, on every gateway. */
public final class Signout {
    private final Sessions sessions;

    public Signout(Sessions sessions) {
        this.sessions = sessions;
    }

    record Answer(String message) {}

    /** {@code auth.signout}; a caller without a session has nothing to end. */
    public Future<Reply> apply(SqlConnection tx, Request request) {
        return Ids.parse(request.caller().sessionId())
                .map(id -> sessions.revoke(tx, id))
                .orElseGet(Future::succeededFuture)
                .map(done -> Reply.ok(new Answer("Signed out.")));
    }
}
