package io.cloneplatform.auth.users;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.kv.Page;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;

/** Members, newest first, with numbers of the whole platform. */
public final class ListUsers {
    private final SqlClient client;
    private final UserLists lists = new UserLists();

    public ListUsers(SqlClient client) {
        this.client = client;
    }

    record Answer(List<MemberRow> users, long total, UserMetrics metrics, String nextCursor) {}

    /** {@code auth.users.list}. */
    public Future<Reply> apply(Request request) {
        UserFilter filter = UserFilter.of(request);
        Page page = Page.of(request);
        Future<List<UserLists.Listed>> rows = lists.page(client, filter, page);
        Future<Long> total = lists.count(client, filter);
        Future<UserMetrics> metrics = UserMetrics.find(client);
        return Future.all(rows, total, metrics)
                .map(done -> Reply.ok(answer(page, rows.result(), total.result(), metrics.result())));
    }

    private static Answer answer(Page page, List<UserLists.Listed> rows, long total, UserMetrics metrics) {
        List<MemberRow> users =
                page.trim(rows).stream().map(UserLists.Listed::member).toList();
        return new Answer(users, total, metrics, page.nextCursor(rows, row -> row.position()
                .text()));
    }
}
