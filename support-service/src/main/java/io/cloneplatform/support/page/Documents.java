package io.cloneplatform.support.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Page;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.List;
import java.util.Optional;

/**
 * Documents on their way from the store to an answer: the database has shaped their JSON, nobody parses it again.
 *
 * @param shown the JSON of the documents of this page
 * @param nextCursor the cursor of the next page, or null
 */
public record Documents(List<String> shown, String nextCursor) {
    /** No documents. */
    public static final Documents NONE = new Documents(List.of(), null);

    /** The page out of rows with the columns {@code doc}, {@code at} and {@code key}. */
    public static Documents page(RowSet<Row> found, Page page) {
        List<Row> rows = found.stream().toList();
        return new Documents(
                page.trim(rows).stream().map(row -> row.getString("doc")).toList(),
                page.nextCursor(rows, row -> new Position(row.getString("at"), row.getString("key")).text()));
    }

    /** The column {@code doc} of the only row, if there is one. */
    public static Optional<String> only(RowSet<Row> rows) {
        return rows.stream().map(row -> row.getString("doc")).findFirst();
    }

    /** An answer with one document under a name. */
    public static ObjectNode one(String name, String doc) {
        ObjectNode answer = Json.object();
        answer.putRawValue(name, new RawValue(doc));
        return answer;
    }

    /** An answer with these documents under a name. */
    public ObjectNode answer(String name) {
        ObjectNode answer = Json.object();
        ArrayNode array = answer.putArray(name);
        shown.forEach(doc -> array.addRawValue(new RawValue(doc)));
        return answer;
    }

    /** An answer with these documents, how many there are on all pages, and the way to the next page. */
    public ObjectNode answer(String name, long total) {
        return answer(name).put("total", total).put("nextCursor", nextCursor);
    }
}
