package io.cloneplatform.support.faq;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.support.page.Documents;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/** Questions with answers under {@code faq:<id>}. Answers of the store are the JSON text that clients get. */
public final class FaqStore {
    /** How many there may be: a list shows them all on one page. */
    static final int MAX_ENTRIES = 500;

    /**
     * Entries found.
     *
     * @param page those within the limit
     * @param total how many there are without it
     */
    record Found(Documents page, long total) {
        static Found of(RowSet<Row> rows) {
            Documents shown =
                    new Documents(rows.stream().map(row -> row.getString("doc")).toList(), null);
            return new Found(
                    shown,
                    rows.stream().findFirst().map(row -> row.getLong("total")).orElse(0L));
        }

        ObjectNode answer(String name) {
            return page.answer(name).put("total", total);
        }
    }

    private static final String ENTRIES =
            """
            WITH entry AS (
              SELECT f.key,
                     '{"category": "General", "question": "", "answer": "", "views": 0, "order": 0}'::jsonb || f.value AS doc,
                     CASE jsonb_typeof(f.value -> 'order') WHEN 'number' THEN (f.value ->> 'order')::numeric ELSE 0 END AS pos,
                     coalesce(f.value ->> 'question', '') AS question,
                     coalesce(f.value ->> 'answer', '') AS answer,
                     coalesce(f.value ->> 'category', '') AS category
              FROM kv_store_44a642d3 f
              WHERE f.key >= 'faq:' AND f.key < 'faq;' AND ($1::text IS NULL OR lower(f.value ->> 'category') = lower($1)))
            """;

    private static final String LIST =
            ENTRIES + "SELECT doc::text AS doc, count(*) OVER () AS total FROM entry ORDER BY pos, key LIMIT $2";

    /** The entries of a category, of all when it is null, in their order. */
    Future<Found> list(SqlClient client, String category, int limit) {
        return client.preparedQuery(LIST).execute(Tuple.of(category, limit)).map(Found::of);
    }

    private static final String SEARCH = ENTRIES
            + """
            SELECT e.doc::text AS doc, count(*) OVER () AS total
            FROM entry e, websearch_to_tsquery('english', $3) AS asked, LATERAL (SELECT
              setweight(to_tsvector('english', e.question), 'A') || setweight(to_tsvector('english', e.answer), 'B')
              || setweight(to_tsvector('english', e.category), 'C') AS words) w
            WHERE w.words @@ asked ORDER BY ts_rank(w.words, asked) DESC, e.pos, e.key LIMIT $2
            """;

    /** The entries with these words in any of their forms, the best first. */
    Future<Found> search(SqlClient client, String words, String category, int limit) {
        return client.preparedQuery(SEARCH)
                .execute(Tuple.of(category, limit, words))
                .map(Found::of);
    }

    // Only letters and digits reach the query language, so that no input can be malformed in it.
    private static final String SEARCH_BEGINNINGS = ENTRIES
            + """
            SELECT e.doc::text AS doc, count(*) OVER () AS total
            FROM entry e, LATERAL (SELECT e.question || ' ' || e.answer || ' ' || e.category AS text) t,
              (SELECT to_tsquery('simple', string_agg(word || ':*', ' & ')) AS beginnings
               FROM regexp_split_to_table(lower($3), '[^[:alnum:]]+') AS word WHERE word <> '') asked
            WHERE to_tsvector('simple', t.text) @@ asked.beginnings OR position(lower($3) IN lower(t.text)) > 0
            ORDER BY position(lower($3) IN lower(e.question)) = 0, e.pos, e.key LIMIT $2
            """;

    /** The entries whose words begin with these, or which contain the text as it is. */
    Future<Found> searchBeginnings(SqlClient client, String text, String category, int limit) {
        return client.preparedQuery(SEARCH_BEGINNINGS)
                .execute(Tuple.of(category, limit, text))
                .map(Found::of);
    }

    private static final String INSERT = ENTRIES
            + """
            INSERT INTO kv_store_44a642d3 (key, value)
            SELECT $2, $3::text::jsonb || jsonb_build_object(
                     'order', coalesce($4::integer, (SELECT floor(max(pos))::integer + 1 FROM entry), 1))
            WHERE (SELECT count(*) FROM entry) < $5
            RETURNING value::text AS doc
            """;

    /** Adds an entry, last without an order; empty when there are too many. */
    Future<Optional<String>> insert(SqlConnection tx, String id, ObjectNode entry, Integer order) {
        Tuple values = Tuple.of(null, Keys.faq(id), Json.text(entry));
        return tx.preparedQuery(INSERT)
                .execute(values.addInteger(order).addInteger(MAX_ENTRIES))
                .map(Documents::only);
    }

    private static final String UPDATE =
            """
            UPDATE kv_store_44a642d3 SET value = value || $2::text::jsonb, updated_at = now() WHERE key = $1
            RETURNING ('{"views": 0, "order": 0}'::jsonb || value)::text AS doc
            """;

    /** Changes the given fields; empty when there is no such entry. */
    Future<Optional<String>> update(SqlConnection tx, String id, ObjectNode changes) {
        return tx.preparedQuery(UPDATE)
                .execute(Tuple.of(Keys.faq(id), Json.text(changes)))
                .map(Documents::only);
    }

    private static final String DELETE = "DELETE FROM kv_store_44a642d3 WHERE key = $1";

    /** Removes an entry; false when there is none. */
    Future<Boolean> delete(SqlConnection tx, String id) {
        return tx.preparedQuery(DELETE).execute(Tuple.of(Keys.faq(id))).map(result -> result.rowCount() == 1);
    }
}
