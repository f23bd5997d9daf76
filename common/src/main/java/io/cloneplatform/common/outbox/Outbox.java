package io.cloneplatform.common.outbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** Mail that is to leave, written in the transaction of what it tells of: it leaves at least once, or never happened. */
public final class Outbox {
    private static final String MAIL = "SELECT outbox_mail($1, $2, $3::text::jsonb)";

    /**
     * Puts a mail to a member into the outbox.
     *
     * @param kind which template it is written from, such as {@code password-reset}
     * @param details what the template shows
     */
    public Future<Void> mail(SqlConnection tx, String kind, UUID memberId, ObjectNode details) {
        return tx.preparedQuery(MAIL)
                .execute(Tuple.of(kind, memberId, Json.text(details)))
                .mapEmpty();
    }
}
