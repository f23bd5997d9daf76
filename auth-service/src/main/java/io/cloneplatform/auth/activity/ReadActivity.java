package io.cloneplatform.auth.activity;

import io.cloneplatform.auth.Rows;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Page;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** What happened to the calling member's own account, newest first: who signed in, and everything that admins did. */
public final class ReadActivity {
    /** Records about one subject, in the order of their index. */
    static final String PAGE =
            """
            SELECT d.value::text AS doc
            FROM (SELECT * FROM audit_trail
                  WHERE (subject_id, key) >= ($1, 'audit:') AND (subject_id, key) < ($1, coalesce($2, 'audit;'))
                    AND action = ANY ($3)
                  ORDER BY subject_id DESC, key DESC LIMIT $4::integer) t
            CROSS JOIN LATERAL (SELECT value FROM kv_store_44a642d3 k WHERE k.key = t.key LIMIT 1) d
            ORDER BY t.subject_id DESC, t.key DESC
            """;

    private static final String[] ACTIONS = Kind.actions().toArray(String[]::new);

    private final SqlClient client;

    public ReadActivity(SqlClient client) {
        this.client = client;
    }

    record Answer(List<Activity> activity, String nextCursor) {}

    /** {@code auth.activity}; nobody but the caller is ever asked about. */
    public Future<Reply> apply(Request request) {
        Page page = Page.of(request);
        String member = request.caller().id();
        return client.preparedQuery(PAGE)
                .mapping(row -> Json.read(row.getString("doc"), Recorded.class))
                .execute(Tuple.of(member, page.after(), ACTIONS, page.fetch()))
                .map(Rows::list)
                .map(rows -> Reply.ok(answer(member, page, rows)));
    }

    private static Answer answer(String member, Page page, List<Recorded> rows) {
        List<Activity> activity = page.trim(rows).stream()
                .flatMap(recorded ->
                        Kind.of(recorded.action()).map(kind -> Activity.of(member, kind, recorded)).stream())
                .toList();
        return new Answer(activity, page.nextCursor(rows, recorded -> "audit:" + recorded.id()));
    }
}
