package io.cloneplatform.support.faq;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The questions that come with the platform. */
public final class FaqSeed {
    private static final String RESOURCE = "/faq.json";

    // Made once per installation: what an admin removes or rewrites afterwards stays as the admin left it.
    private static final String CLAIM =
            "INSERT INTO platform_setting (name, value) VALUES ('faq-seeded', 'true') ON CONFLICT (name) DO NOTHING";

    private static final String INSERT =
            """
            INSERT INTO kv_store_44a642d3 (key, value)
            SELECT 'faq:' || (entry ->> 'id'), '{"views": 0}'::jsonb || entry FROM jsonb_array_elements($1::text::jsonb) AS entry
            ON CONFLICT (key) DO NOTHING
            """;

    private final Pool pool;

    public FaqSeed(Pool pool) {
        this.pool = pool;
    }

    /** Plants them on the first start of an installation; of processes that start together, one does. */
    public Future<Void> plant() {
        String entries = Json.text(read());
        return pool.withTransaction(tx -> tx.query(CLAIM)
                .execute()
                .compose(claimed -> claimed.rowCount() == 1 ? insert(tx, entries) : Future.succeededFuture()));
    }

    private static Future<Void> insert(SqlConnection tx, String entries) {
        return tx.preparedQuery(INSERT).execute(Tuple.of(entries)).mapEmpty();
    }

    private static JsonNode read() {
        try (InputStream in = FaqSeed.class.getResourceAsStream(RESOURCE)) {
            return Json.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
