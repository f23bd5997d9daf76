package io.cloneplatform.auth.audit;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.kv.Page;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;

/** Who did what to whom, when, from where: everything that was recorded, newest first. */
public final class ListAudit {
    private final SqlClient client;
    private final AuditStore store = new AuditStore();

    public ListAudit(SqlClient client) {
        this.client = client;
    }

    record Answer(List<AuditRecord> records, long total, String nextCursor) {}

    /** {@code auth.audit.list}. */
    public Future<Reply> apply(Request request) {
        AuditFilter filter = AuditFilter.of(request);
        if (filter.period().isEmpty()) {
            return Future.succeededFuture(Reply.invalid("to", "must be after from"));
        }
        Page page = Page.of(request);
        Future<List<AuditRecord>> rows = store.page(client, filter, page);
        Future<Long> total = store.count(client, filter);
        return Future.all(rows, total).map(done -> answer(request, page, rows.result(), total.result()));
    }

    private static Reply answer(Request request, Page page, List<AuditRecord> rows, long total) {
        String next = page.nextCursor(rows, record -> "audit:" + record.id());
        List<AuditRecord> records = page.trim(rows);
        return AuditFile.wanted(request) ? AuditFile.of(records, next) : Reply.ok(new Answer(records, total, next));
    }
}
