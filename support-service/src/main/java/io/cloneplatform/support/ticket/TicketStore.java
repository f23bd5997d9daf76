package io.cloneplatform.support.ticket;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Instants;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.support.page.Documents;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** Single tickets under {@code ticket:<id>}. Documents are returned as the JSON text that clients get. */
public final class TicketStore {
    static final int MAX_REPLIES = 500;

    // What a ticket imported from the predecessor may lack.
    static final String DEFAULTS =
            """
            '{"userName": "", "userEmail": "", "subject": "", "message": "", "description": "", "category": "general",
              "priority": "normal", "replyCount": 0, "replies": []}'::jsonb""";

    private static final String INSERT =
            """
            INSERT INTO kv_store_44a642d3 (key, value, created_at, updated_at)
            SELECT $1, $2::text::jsonb || jsonb_build_object('userEmail', coalesce(
                     (SELECT u.value ->> 'email' FROM kv_store_44a642d3 u WHERE u.key = $3), '')), $4, $4
            RETURNING value::text AS doc
            """;

    /** Writes a new ticket. */
    Future<String> insert(SqlConnection tx, Ticket ticket, Instant at) {
        Tuple values = Tuple.of(
                Keys.ticket(ticket.id()), Json.text(ticket), Keys.user(ticket.userId()), at.atOffset(ZoneOffset.UTC));
        return tx.preparedQuery(INSERT).execute(values).map(rows -> Documents.only(rows)
                .orElseThrow());
    }

    private static final String FIND =
            "SELECT user_id, (" + DEFAULTS + " || value)::text AS doc FROM kv_store_44a642d3 WHERE key = $1";

    /** The row of a ticket: {@code user_id} and {@code doc}. */
    Future<Optional<Row>> find(SqlClient client, String id) {
        return client.preparedQuery(FIND).execute(Tuple.of(Keys.ticket(id))).map(rows -> rows.stream()
                .findFirst());
    }

    // One statement checks owner, state and room and appends under the row's lock, so that parallel replies all stay.
    private static final String APPEND =
            """
            UPDATE kv_store_44a642d3 t
            SET updated_at = $5,
                value = %1$s || t.value || jsonb_build_object(
                  'status', $3::text::jsonb ->> t.status,
                  'replies', coalesce(t.value -> 'replies', '[]') || $2::text::jsonb,
                  'replyCount', jsonb_array_length(coalesce(t.value -> 'replies', '[]')) + 1,
                  'updatedAt', $6::text)
            WHERE t.key = $1 AND ($4::text IS NULL OR t.user_id = $4) AND $3::text::jsonb ? t.status
              AND jsonb_array_length(coalesce(t.value -> 'replies', '[]')) < %2$d
            RETURNING t.value::text AS doc, (t.value -> 'replies' -> -1)::text AS reply
            """
                    .formatted(DEFAULTS, MAX_REPLIES);

    /**
     * Appends a reply; owner is null for support. A row with {@code doc} and {@code reply}, or empty when the ticket does
     * not take it: ask {@link #refusal} why.
     */
    Future<Optional<Row>> append(
            SqlConnection tx, String id, String owner, TicketEvent event, Ticket.Reply reply, Instant at) {
        Tuple values = Tuple.of(Keys.ticket(id), Json.text(reply), event.json());
        values.addString(owner).addOffsetDateTime(at.atOffset(ZoneOffset.UTC)).addString(Instants.iso(at));
        return tx.preparedQuery(APPEND).execute(values).map(rows -> rows.stream()
                .findFirst());
    }

    private static final String MOVE =
            """
            UPDATE kv_store_44a642d3 t
            SET updated_at = $3,
                value = %s || t.value || jsonb_build_object('status', $2::text::jsonb ->> t.status, 'updatedAt', $4::text)
            WHERE t.key = $1 AND $2::text::jsonb ? t.status
            RETURNING t.value::text AS doc
            """
                    .formatted(DEFAULTS);

    /** Moves a ticket to the state that the event leads to; empty when it does not: ask {@link #refusal} why. */
    Future<Optional<String>> move(SqlConnection tx, String id, TicketEvent event, Instant at) {
        Tuple values = Tuple.of(Keys.ticket(id), event.json(), at.atOffset(ZoneOffset.UTC), Instants.iso(at));
        return tx.preparedQuery(MOVE).execute(values).map(Documents::only);
    }

    private static final String EXPLAIN =
            """
            SELECT user_id, status, $2::text::jsonb ? status AS possible FROM kv_store_44a642d3 WHERE key = $1
            """;

    /** Why a ticket did not take an event; owner is null for support. */
    Future<Reply> refusal(SqlConnection tx, String id, String owner, TicketEvent event) {
        return tx.preparedQuery(EXPLAIN)
                .execute(Tuple.of(Keys.ticket(id), event.json()))
                .map(rows -> reason(rows, owner));
    }

    private static Reply reason(RowSet<Row> rows, String owner) {
        if (rows.size() == 0) {
            return Reply.notFound("Ticket");
        }
        Row row = rows.iterator().next();
        if (owner != null && !owner.equals(row.getString("user_id"))) {
            return notYours();
        }
        return Reply.refuse(
                ErrorCode.WRONG_STATE,
                Boolean.TRUE.equals(row.getBoolean("possible"))
                        ? "This ticket has " + MAX_REPLIES + " replies and takes no more. Open a new one"
                        : "This is not possible while the ticket is " + row.getString("status"));
    }

    static Reply notYours() {
        return Reply.refuse(ErrorCode.FORBIDDEN, "This ticket belongs to someone else");
    }
}
