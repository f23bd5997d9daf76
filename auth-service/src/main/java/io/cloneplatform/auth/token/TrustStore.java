package io.cloneplatform.auth.token;

import io.cloneplatform.common.json.Ids;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every gateway and every instance of this service must agree on: signing keys, the admin key, revocations. */
final class TrustStore {
    private static final String LOCK_FIRST_START = "SELECT pg_advisory_xact_lock(hashtextextended('first-start', 0))";

    private static final String ADD_KEY_IF_NONE =
            """
            INSERT INTO signing_key (kid, private_key, public_key)
            SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT FROM signing_key WHERE retired_at IS NULL)
            """;

    // The newest that every gateway has had the time to hear of, those that just retired included; else the oldest.
    private static final String FIND_SIGNING_KEY =
            """
            SELECT kid, private_key, public_key FROM signing_key
            WHERE retired_at IS NULL OR retired_at > now() - interval '30 seconds'
            ORDER BY CASE WHEN created_at <= now() - interval '15 seconds' THEN created_at END DESC NULLS LAST, created_at, kid
            LIMIT 1
            """;

    private static final String ROTATE_IF_OLDER =
            "SELECT signing_key_rotate($1, $2, $3, make_interval(days => $4), false, $5, 'platform', 'by schedule') AS done";

    private static final String FIND_PUBLIC_KEYS =
            """
            SELECT kid, public_key FROM signing_key
            WHERE retired_at IS NULL OR retired_at > now() - interval '2 hours' ORDER BY created_at DESC, kid DESC
            """;

    private static final String SET_ADMIN_KEY =
            """
            INSERT INTO platform_setting AS s (name, value)
            VALUES ('admin-key', jsonb_build_object('sha256', $1::text, 'configuredSha256', $1::text))
            ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = now()
            WHERE coalesce(s.value ->> 'configuredSha256', s.value ->> 'sha256') IS DISTINCT FROM $1::text
            """;

    private static final String SET_ADMIN_KEY_IF_NONE =
            """
            INSERT INTO platform_setting (name, value) VALUES ('admin-key', jsonb_build_object('sha256', $1::text))
            ON CONFLICT (name) DO NOTHING
            """;

    // Tokens live for an hour: keys retired and sessions revoked longer ago matter to no token that is still valid.
    private static final String FIND_TRUST =
            """
            SELECT json_build_object(
              'keys', (SELECT coalesce(json_agg(json_build_object('kid', kid, 'publicKey', public_key)
                                                ORDER BY created_at DESC, kid DESC), '[]')
                       FROM signing_key WHERE retired_at IS NULL OR retired_at > now() - interval '2 hours'),
              'asOf', iso_instant(now()),
              'revokedSessions', (SELECT coalesce(json_agg(session_id), '[]') FROM session_revocation
                                  WHERE revoked_at > greatest(now() - interval '2 hours', $1::text::timestamptz - interval '30 seconds')),
              'adminKeySha256', (SELECT value ->> 'sha256' FROM platform_setting WHERE name = 'admin-key'),
              'previousAdminKeysSha256', (SELECT coalesce(json_agg(k ->> 'sha256'), '[]')
                                          FROM platform_setting, jsonb_array_elements(value -> 'previous') k
                                          WHERE name = 'admin-key' AND k ->> 'until' > iso_instant(now())))::text AS trust
            """;

    /** Lets one instance at a time decide what is missing; held until the transaction ends. */
    Future<Void> lockFirstStart(SqlConnection tx) {
        return tx.query(LOCK_FIRST_START).execute().mapEmpty();
    }

    Future<Void> addKeyIfNone(SqlConnection tx, SigningKey key) {
        return tx.preparedQuery(ADD_KEY_IF_NONE)
                .execute(Tuple.of(key.kid(), key.privateKey(), key.publicKey()))
                .mapEmpty();
    }

    /** The key that signs now. */
    Future<SigningKey> signingKey(SqlClient client) {
        return client.query(FIND_SIGNING_KEY)
                .execute()
                .map(rows -> rows.iterator().next())
                .map(row -> new SigningKey(
                        row.getString("kid"), row.getString("private_key"), row.getString("public_key")));
    }

    /**
     * Adopts the key of the configuration, unless it is the one that was adopted last: a key that was rotated since stays.
     * Whether it was adopted.
     */
    Future<Boolean> setAdminKey(SqlConnection tx, String sha256) {
        return tx.preparedQuery(SET_ADMIN_KEY).execute(Tuple.of(sha256)).map(rows -> rows.rowCount() == 1);
    }

    /** Whether there was none before. */
    Future<Boolean> setAdminKeyIfNone(SqlConnection tx, String sha256) {
        return tx.preparedQuery(SET_ADMIN_KEY_IF_NONE).execute(Tuple.of(sha256)).map(rows -> rows.rowCount() == 1);
    }

    /** Makes a key the next one, unless the newest is younger than so many days. */
    Future<Boolean> rotateIfOlder(SqlClient client, SigningKey key, int days) {
        return client.preparedQuery(ROTATE_IF_OLDER)
                .execute(Tuple.of(key.kid(), key.privateKey(), key.publicKey(), days, Ids.next()))
                .map(rows -> rows.iterator().next().getBoolean("done"));
    }

    /** The public keys of tokens that may still be valid, as PEM by their ids, the newest first. */
    Future<Map<String, String>> publicKeys(SqlClient client) {
        return client.query(FIND_PUBLIC_KEYS).execute().map(rows -> {
            Map<String, String> keys = new LinkedHashMap<>();
            rows.forEach(row -> keys.put(row.getString("kid"), row.getString("public_key")));
            return keys;
        });
    }

    /**
     * The answer to {@code auth.trust} as the text of a JSON object.
     *
     * @param since when the asking gateway was last answered, whose revoked sessions it knows; null for all
     */
    Future<String> trust(SqlClient client, String since) {
        return client.preparedQuery(FIND_TRUST)
                .execute(Tuple.of(since))
                .map(rows -> rows.iterator().next().getString("trust"));
    }
}
