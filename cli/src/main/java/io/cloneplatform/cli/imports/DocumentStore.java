package io.cloneplatform.cli.imports;

import io.cloneplatform.common.json.Json;
import java.time.ZoneOffset;
import java.util.List;

/** Writes documents to the shared table; one that is there already stays as it is. */
final class DocumentStore {
    private static final String INSERT =
            """
            INSERT INTO kv_store_44a642d3 (key, value, created_at, updated_at) VALUES (?, ?::jsonb, ?, ?)
            ON CONFLICT (key) DO NOTHING
            """;

    private final Sql sql;

    DocumentStore(Sql sql) {
        this.sql = sql;
    }

    /** Answers how many were new. */
    int insert(List<Document> documents) {
        return sql.batch(INSERT, documents.stream().map(DocumentStore::row).toList());
    }

    private static Object[] row(Document document) {
        var at = document.at().atOffset(ZoneOffset.UTC);
        return new Object[] {document.key(), Json.text(document.value()), at, at};
    }
}
