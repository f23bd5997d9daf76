package io.cloneplatform.support.ticket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.kv.Page;
import io.cloneplatform.support.page.Documents;
import io.cloneplatform.support.page.Position;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.stream.Stream;

/** Lists of tickets, by index: those of a member, and those of everybody by state. */
public final class TicketLists {
    /** How many replies of each ticket a list shows; the ticket itself shows all. */
    static final int REPLIES_SHOWN = 20;

    private static final String FIRST = "0001-01-01T00:00:00Z";
    private static final String LAST = "9999-12-31T00:00:00Z";

    // The page is chosen first and its documents shaped after, so that no other document is ever read.
    private static final String SHAPE =
            """
            SELECT (%s || p.value || jsonb_build_object(
                     'replies', jsonb_path_query_array(p.value, '$.replies[last - %d to last]')))::text AS doc,
                   to_char(p.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, p.key
            """
                    .formatted(TicketStore.DEFAULTS, REPLIES_SHOWN - 1);

    // A range of the index of members: by the key alone the planner may read all tickets there are.
    static final String OWN = SHAPE
            + """
            FROM (SELECT t.key, t.created_at, t.value FROM kv_store_44a642d3 t
                  WHERE t.user_id = $1 AND (t.user_id, t.key) >= ($1, 'ticket:') AND (t.user_id, t.key) < ($1, 'ticket;')
                    AND ($2::text IS NULL OR t.status = $2) AND (t.created_at, t.key) < ($3, $4)
                  ORDER BY t.created_at DESC, t.key DESC LIMIT $5 OFFSET $6) p
            ORDER BY p.created_at DESC, p.key DESC
            """;

    // Each state is read in the order of its index, no further than the page needs; then they are merged.
    private static final String BY_STATUS = SHAPE
            + """
            FROM (SELECT t.* FROM unnest($1::text[]) AS wanted (status) CROSS JOIN LATERAL (
                    SELECT k.key, k.created_at, k.value FROM kv_store_44a642d3 k
                    WHERE k.key LIKE 'ticket:%%' AND k.status = wanted.status
                      AND ($2::text IS NULL OR k.value ->> 'priority' = $2) AND (k.created_at, k.key) %1$s ($3, $4)
                    ORDER BY k.created_at %2$s, k.key %2$s LIMIT $5::bigint + $6::bigint) t
                  ORDER BY t.created_at %2$s, t.key %2$s LIMIT $5::bigint OFFSET $6::bigint) p
            ORDER BY p.created_at %2$s, p.key %2$s
            """;

    static final String NEWEST_FIRST = BY_STATUS.formatted("<", "DESC");
    static final String OLDEST_FIRST = BY_STATUS.formatted(">", "ASC");

    private static final String COUNT_OWN =
            """
            SELECT status, count(*) AS n FROM kv_store_44a642d3
            WHERE user_id = $1 AND (user_id, key) >= ($1, 'ticket:') AND (user_id, key) < ($1, 'ticket;') GROUP BY status
            """;

    // The platform counts tickets under names like "ticket open urgent".
    private static final String COUNT_ALL =
            """
            SELECT split_part(name, ' ', 2) AS status, sum(number)::bigint AS n
            FROM platform_count WHERE name LIKE 'ticket %' GROUP BY 1
            """;

    private static final String COUNT_PRIORITY =
            """
            SELECT coalesce(sum(number), 0)::bigint FROM platform_count
            WHERE name LIKE 'ticket %' AND ($1::text IS NULL OR split_part(name, ' ', 2) = $1) AND split_part(name, ' ', 3) = $2
            """;

    private final Pool pool;

    public TicketLists(Pool pool) {
        this.pool = pool;
    }

    /** The tickets of a member, newest first; status is null for all of them. */
    Future<ObjectNode> own(Request request, TicketStatus status) {
        Page page = Page.of(request);
        Position after = Position.of(page, LAST);
        Tuple values = Tuple.of(request.caller().id());
        values.addString(text(status)).addOffsetDateTime(time(after)).addString(after.key());
        return pool.preparedQuery(OWN)
                .execute(values.addInteger(page.fetch()).addInteger(page.offset()))
                .compose(rows -> counts(COUNT_OWN, Tuple.of(request.caller().id()))
                        .map(stats -> answer(Documents.page(rows, page), stats.of(status), stats)));
    }

    /** Everybody's tickets: those waiting for support in the order they came, others newest first. */
    Future<ObjectNode> all(Request request, TicketStatus status, TicketPriority priority) {
        Page page = Page.of(request);
        boolean queue = status != null && status.waiting();
        Position after = Position.of(page, queue ? FIRST : LAST);
        Tuple values = Tuple.of((status == null ? Stream.of(TicketStatus.values()) : Stream.of(status))
                .map(TicketStatus::text)
                .toArray(String[]::new));
        values.addString(text(priority)).addOffsetDateTime(time(after)).addString(after.key());
        return pool.preparedQuery(queue ? OLDEST_FIRST : NEWEST_FIRST)
                .execute(values.addInteger(page.fetch()).addInteger(page.offset()))
                .compose(rows -> counts(COUNT_ALL, Tuple.tuple()).compose(stats -> total(stats, status, priority)
                        .map(total -> answer(Documents.page(rows, page), total, stats))));
    }

    private Future<Long> total(TicketStats stats, TicketStatus status, TicketPriority priority) {
        if (priority == null) {
            return Future.succeededFuture(stats.of(status));
        }
        return pool.preparedQuery(COUNT_PRIORITY)
                .execute(Tuple.of(text(status), priority.text()))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private Future<TicketStats> counts(String query, Tuple values) {
        return pool.preparedQuery(query).execute(values).map(TicketStats::of);
    }

    private static ObjectNode answer(Documents page, long total, TicketStats stats) {
        return page.answer("tickets", total).putPOJO("stats", stats);
    }

    // The range is PostgreSQL's; a cursor beyond it is none of ours.
    private static OffsetDateTime time(Position position) {
        try {
            Instant at = Instant.parse(position.at());
            if (at.isBefore(Instant.parse(FIRST)) || at.isAfter(Instant.parse(LAST))) {
                throw new Request.BadParam("cursor");
            }
            return at.atOffset(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new Request.BadParam("cursor");
        }
    }

    private static String text(TicketStatus status) {
        return status == null ? null : status.text();
    }

    private static String text(TicketPriority priority) {
        return priority == null ? null : priority.text();
    }
}
