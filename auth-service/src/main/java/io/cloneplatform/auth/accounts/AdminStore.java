package io.cloneplatform.auth.accounts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.auth.AdminAccount;
import io.cloneplatform.auth.Rows;
import io.cloneplatform.auth.Taken;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.kv.Page;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Accounts of admins. They are few: one lock keeps their names unique without ever raising an error. */
public final class AdminStore {
    private static final String LOCK_NAMES = "SELECT pg_advisory_xact_lock(hashtextextended('admin-names', 0))";

    private static final String INSERT =
            """
            INSERT INTO admin_account (id, username, email) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
            """;

    private static final String IS_USERNAME_TAKEN = "SELECT FROM admin_account WHERE username_key = lower($1)";

    private static final String INSERT_DOCUMENT =
            "INSERT INTO kv_store_44a642d3 (key, value) VALUES ($1, $2::text::jsonb)";

    private static final String UPDATE_EMAIL =
            """
            UPDATE admin_account SET email = $2::text
            WHERE id = $1
              AND NOT EXISTS (SELECT FROM admin_account other WHERE other.email_key = lower($2::text) AND other.id <> $1)
            """;

    private static final String FIND = "SELECT value::text AS doc FROM kv_store_44a642d3 WHERE key = $1";

    private static final String UPDATE_DOCUMENT =
            """
            UPDATE kv_store_44a642d3 SET value = value || $2::text::jsonb, updated_at = now()
            WHERE key = $1 RETURNING value::text AS doc
            """;

    private static final String COUNT_OTHER_SUPER_ADMINS =
            """
            SELECT count(*) AS others FROM kv_store_44a642d3
            WHERE key >= 'admin:' AND key < 'admin;' AND key <> $1 AND status = 'active' AND value -> 'superAdmin' = 'true'
            """;

    private static final String SET_MUST_ENROL =
            """
            UPDATE kv_store_44a642d3 SET value = value || jsonb_build_object('mustEnrol', $2::boolean), updated_at = now()
            WHERE key = $1 AND coalesce(value -> 'mustEnrol' = 'true', false) <> $2::boolean
            """;

    private static final String SET_MUST_ENROL_OF_ALL =
            """
            UPDATE kv_store_44a642d3 SET value = value || jsonb_build_object('mustEnrol', $1::boolean), updated_at = now()
            WHERE key >= 'admin:' AND key < 'admin;' AND coalesce(value -> 'secondFactor', 'false') <> 'true'
              AND coalesce(value -> 'mustEnrol' = 'true', false) <> $1::boolean
            """;

    private static final String LIST =
            """
            SELECT value::text AS doc FROM kv_store_44a642d3
            WHERE key >= 'admin:' AND key < 'admin;' AND ($1::text IS NULL OR key < $1)
            ORDER BY key DESC LIMIT $2 OFFSET $3
            """;

    private static final String COUNT =
            "SELECT count(*) AS total FROM kv_store_44a642d3 WHERE key >= 'admin:' AND key < 'admin;'";

    /** Lets one transaction at a time give names to admins. */
    Future<Void> lockNames(SqlConnection tx) {
        return tx.query(LOCK_NAMES).execute().mapEmpty();
    }

    /** Writes the account and its document; answers what is taken when that stopped it. */
    Future<Optional<Taken>> insert(SqlConnection tx, AdminAccount admin) {
        return tx.preparedQuery(INSERT)
                .execute(Tuple.of(admin.id(), admin.username(), admin.email()))
                .compose(rows -> rows.rowCount() == 1
                        ? insertDocument(tx, admin).map(Optional.empty())
                        : taken(tx, admin).map(Optional::of));
    }

    private static Future<Void> insertDocument(SqlConnection tx, AdminAccount admin) {
        return tx.preparedQuery(INSERT_DOCUMENT)
                .execute(Tuple.of(Keys.admin(admin.id()), Json.text(admin)))
                .mapEmpty();
    }

    private static Future<Taken> taken(SqlConnection tx, AdminAccount admin) {
        return tx.preparedQuery(IS_USERNAME_TAKEN)
                .execute(Tuple.of(admin.username()))
                .map(rows -> rows.size() > 0 ? Taken.USERNAME : Taken.EMAIL);
    }

    /** Whether the address was free, or the account's own. Needs {@link #lockNames}. */
    Future<Boolean> updateEmail(SqlConnection tx, UUID id, String email) {
        return tx.preparedQuery(UPDATE_EMAIL).execute(Tuple.of(id, email)).map(rows -> rows.rowCount() == 1);
    }

    /** The account; empty when there is none. */
    public Future<Optional<AdminAccount>> find(SqlClient client, UUID id) {
        return client.preparedQuery(FIND)
                .mapping(AdminStore::account)
                .execute(Tuple.of(Keys.admin(id)))
                .map(Rows::first);
    }

    /** Writes the fields into the document; the account as it is then, or empty when there is none. */
    Future<Optional<AdminAccount>> update(SqlConnection tx, UUID id, ObjectNode fields) {
        return tx.preparedQuery(UPDATE_DOCUMENT)
                .mapping(AdminStore::account)
                .execute(Tuple.of(Keys.admin(id), Json.text(fields)))
                .map(Rows::first);
    }

    /** Whether nobody else may do everything. Needs {@link #lockNames}. */
    Future<Boolean> isLastSuperAdmin(SqlConnection tx, AdminAccount admin) {
        return admin.superAdmin() && admin.status().equals("active")
                ? tx.preparedQuery(COUNT_OTHER_SUPER_ADMINS)
                        .execute(Tuple.of(Keys.admin(admin.id())))
                        .map(rows -> rows.iterator().next().getLong("others") == 0)
                : Future.succeededFuture(false);
    }

    /** Says whether signing in asks for a code, and whether the admin may do nothing but make a second factor. */
    public Future<Void> setSecondFactor(SqlConnection tx, UUID id, boolean on, boolean mustEnrol) {
        return update(tx, id, Json.object().put("secondFactor", on).put("mustEnrol", mustEnrol))
                .mapEmpty();
    }

    /** Says of all admins without a second factor whether they have to make one before anything else. */
    public Future<Void> setMustEnrol(SqlClient client, boolean must) {
        return client.preparedQuery(SET_MUST_ENROL_OF_ALL)
                .execute(Tuple.of(must))
                .mapEmpty();
    }

    /** Says whether the admin may do nothing but make a second factor. */
    public Future<Void> setMustEnrol(SqlConnection tx, UUID id, boolean must) {
        return tx.preparedQuery(SET_MUST_ENROL)
                .execute(Tuple.of(Keys.admin(id), must))
                .mapEmpty();
    }

    /** Newest first: ids are time-ordered. */
    Future<List<AdminAccount>> list(SqlClient client, Page page) {
        return client.preparedQuery(LIST)
                .mapping(AdminStore::account)
                .execute(Tuple.of(page.after(), page.fetch(), page.offset()))
                .map(Rows::list);
    }

    Future<Long> count(SqlClient client) {
        return client.query(COUNT).execute().map(rows -> rows.iterator().next().getLong("total"));
    }

    private static AdminAccount account(Row row) {
        return Json.read(row.getString("doc"), AdminAccount.class);
    }
}
