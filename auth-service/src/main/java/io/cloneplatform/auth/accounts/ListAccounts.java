package io.cloneplatform.auth.accounts;

import io.cloneplatform.auth.AdminAccount;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.kv.Page;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;

/** The accounts of admins, newest first. */
public final class ListAccounts {
    private final SqlClient client;
    private final AdminStore store = new AdminStore();

    public ListAccounts(SqlClient client) {
        this.client = client;
    }

    record Answer(List<AdminAccount> accounts, long total, String nextCursor) {}

    /** {@code auth.accounts.list}. */
    public Future<Reply> apply(Request request) {
        Page page = Page.of(request);
        Future<List<AdminAccount>> rows = store.list(client, page);
        Future<Long> total = store.count(client);
        return Future.all(rows, total)
                .map(done -> Reply.ok(new Answer(
                        page.trim(rows.result()),
                        total.result(),
                        page.nextCursor(rows.result(), account -> Keys.admin(account.id())))));
    }
}
