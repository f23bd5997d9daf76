package io.cloneplatform.auth.session;

import io.cloneplatform.auth.AdminAccount;
import io.cloneplatform.auth.Rows;
import io.cloneplatform.auth.token.Subject;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/** Whom a session stands for, as they are now. */
final class SubjectStore {
    private static final String FIND_MEMBER = "SELECT name FROM member WHERE id = $1 AND deleted_at IS NULL";

    private static final String FIND_ADMIN =
            "SELECT value::text AS doc FROM kv_store_44a642d3 WHERE key = $1 AND status = 'active'";

    /** The subject; empty when they may not have a session any more. */
    Future<Optional<Subject>> find(SqlConnection tx, SessionDocument session) {
        return session.kind().equals(Subject.ADMIN) ? admin(tx, session.userId()) : member(tx, session.userId());
    }

    private static Future<Optional<Subject>> member(SqlConnection tx, UUID id) {
        return tx.preparedQuery(FIND_MEMBER)
                .mapping(row -> Subject.member(id, row.getString("name")))
                .execute(Tuple.of(id))
                .map(Rows::first);
    }

    private static Future<Optional<Subject>> admin(SqlConnection tx, UUID id) {
        return tx.preparedQuery(FIND_ADMIN)
                .mapping(row ->
                        Json.read(row.getString("doc"), AdminAccount.class).subject())
                .execute(Tuple.of(Keys.admin(id)))
                .map(Rows::first);
    }
}
