package io.cloneplatform.auth.users;

import io.cloneplatform.auth.profile.Profile;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.kv.Page;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.UUID;

/** The full profile of one member with their ledger lines, newest first. */
public final class GetUser {
    private final SqlClient client;
    private final UserStore store = new UserStore();

    public GetUser(SqlClient client) {
        this.client = client;
    }

    record Answer(Profile user, List<LedgerLine> entries, String nextCursor) {}

    /** {@code auth.users.get}. */
    public Future<Reply> apply(Request request) {
        Page page = Page.of(request);
        Long below = below(page.after());
        return Ids.parse(request.param("id"))
                .map(id -> find(id, page, below))
                .orElseGet(() -> Future.succeededFuture(Reply.notFound("User")));
    }

    private static Long below(String after) {
        try {
            return after == null ? null : Long.valueOf(after);
        } catch (NumberFormatException e) {
            throw new Request.BadParam("cursor");
        }
    }

    private Future<Reply> find(UUID id, Page page, Long below) {
        return store.find(client, id)
                .compose(profile -> profile.isEmpty()
                        ? Future.succeededFuture(Reply.notFound("User"))
                        : store.entries(client, id, below, page.fetch())
                                .map(lines -> Reply.ok(new Answer(
                                        profile.get(), page.trim(lines), page.nextCursor(lines, LedgerLine::id)))));
    }
}
