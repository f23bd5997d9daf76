package io.cloneplatform.auth.signin;

import io.cloneplatform.auth.AdminAccount;
import io.cloneplatform.auth.Rows;
import io.cloneplatform.auth.token.Subject;
import io.cloneplatform.common.json.Json;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds accounts by what people type: an e-mail address or a username in any case. An address wins over a username. */
final class AccountStore {
    private static final String FIND_MEMBER =
            """
            SELECT m.id, m.email, m.username, m.name, u.value ->> 'vipTier' AS vip_tier, c.password_hash
            FROM member m JOIN credential c ON c.subject_id = m.id
            JOIN kv_store_44a642d3 u ON u.key = 'user:' || m.id
            WHERE (m.email_key = lower($1) OR m.username_key = lower($1)) AND m.deleted_at IS NULL
            ORDER BY m.email_key = lower($1) DESC LIMIT 1
            """;

    private static final String FIND_ADMIN =
            """
            SELECT d.value::text AS doc, c.password_hash
            FROM admin_account a JOIN credential c ON c.subject_id = a.id
            JOIN kv_store_44a642d3 d ON d.key = 'admin:' || a.id
            WHERE (a.email_key = lower($1) OR a.username_key = lower($1)) AND d.status = 'active'
            ORDER BY a.email_key = lower($1) DESC NULLS LAST LIMIT 1
            """;

    record Member(UUID id, String email, String username, String name, String vipTier) {}

    record Admin(UUID id, String email, String name, List<String> permissions, boolean mustEnrol) {}

    Future<Optional<Account>> member(SqlClient client, String login) {
        return client.preparedQuery(FIND_MEMBER)
                .mapping(AccountStore::member)
                .execute(Tuple.of(login))
                .map(Rows::first);
    }

    private static Account member(Row row) {
        Member member = new Member(
                row.getUUID("id"),
                row.getString("email"),
                row.getString("username"),
                row.getString("name"),
                row.getString("vip_tier"));
        return new Account(Subject.member(member.id(), member.name()), row.getString("password_hash"), member);
    }

    Future<Optional<Account>> admin(SqlClient client, String login) {
        return client.preparedQuery(FIND_ADMIN)
                .mapping(AccountStore::admin)
                .execute(Tuple.of(login))
                .map(Rows::first);
    }

    private static Account admin(Row row) {
        AdminAccount admin = Json.read(row.getString("doc"), AdminAccount.class);
        return new Account(
                admin.subject(),
                row.getString("password_hash"),
                new Admin(admin.id(), admin.email(), admin.name(), admin.permissions(), admin.mustEnrol()));
    }
}
