package io.cloneplatform.auth.account;

import io.cloneplatform.auth.Rows;
import io.cloneplatform.auth.profile.Profile;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads what an export consists of, each section in the order of an index, oldest first. */
final class ExportStore {
    private static final String PROFILE =
            "SELECT value::text FROM kv_store_44a642d3 WHERE key = $1 AND NOT value ? 'deletedAt'";

    // Documents of a member are asked for as a range of the index of members, after a key and before the end of a
    // prefix.
    private static final String OWN =
            """
            FROM kv_store_44a642d3 d
            WHERE d.user_id = $1 AND (d.user_id, d.key) > ($1, $2) AND (d.user_id, d.key) < ($1, $3)
            ORDER BY d.user_id, d.key LIMIT $4
            """;

    static final String DOCUMENTS =
            """
            SELECT d.key AS at, (SELECT coalesce(jsonb_object_agg(f.key, f.value), '{}') FROM jsonb_each(d.value) f
                                 WHERE f.key = ANY ($5::text[]))::text AS record
            """
                    + OWN;

    private static final String TICKETS =
            """
            SELECT d.key AS at, jsonb_build_object(
                     'id', d.value -> 'id', 'subject', d.value -> 'subject', 'message', d.value -> 'message',
                     'category', d.value -> 'category', 'priority', d.value -> 'priority', 'status', d.value -> 'status',
                     'createdAt', d.value -> 'createdAt', 'replies', (
                       SELECT coalesce(jsonb_agg(jsonb_build_object(
                         'author', r.value -> 'author', 'message', r.value -> 'message', 'createdAt', r.value -> 'createdAt')
                         ORDER BY r.place), '[]')
                       FROM jsonb_array_elements(CASE WHEN jsonb_typeof(d.value -> 'replies') = 'array'
                                                 THEN d.value -> 'replies' ELSE '[]' END) WITH ORDINALITY r (value, place)))::text
                   AS record
            """
                    + OWN;

    // What happened to the account and what its member did, but not which admin it was.
    private static final String ACTIVITY =
            """
            SELECT d.key AS at, jsonb_build_object(
                     'at', d.value -> 'at', 'what', coalesce(d.value -> 'event', d.value -> 'operation'),
                     'by', CASE WHEN d.value ->> 'actorId' = $1 THEN 'you' WHEN d.value ->> 'actorId' IS NULL THEN 'somebody'
                                ELSE 'an administrator' END,
                     'ip', CASE WHEN d.value ->> 'actorId' = $1 OR d.value ->> 'actorId' IS NULL THEN d.value -> 'ip' END,
                     'reason', coalesce(d.value #> '{details,reason}', d.value #> '{details,denialReason}'))::text AS record
            """
                    + OWN;

    // Messages of both sides, conversation by conversation of the member: the one that the last message was in goes on.
    private static final String MESSAGES =
            """
            SELECT d.key AS at, jsonb_build_object(
                     'conversationId', d.value -> 'conversationId', 'author', d.value -> 'author',
                     'message', d.value -> 'message', 'createdAt', d.value -> 'createdAt')::text AS record
            FROM kv_store_44a642d3 c
            CROSS JOIN LATERAL (
              SELECT key, value FROM kv_store_44a642d3
              WHERE key > CASE WHEN starts_with($2, 'message:' || substr(c.key, 14) || ':') THEN $2
                               ELSE 'message:' || substr(c.key, 14) || ':' END
                AND key < 'message:' || substr(c.key, 14) || ';'
              ORDER BY key LIMIT $4) d
            WHERE c.user_id = $1 AND $3::text IS NOT NULL AND (c.user_id, c.key) < ($1, 'conversation;')
              AND (c.user_id, c.key) >= ($1, 'conversation:' || regexp_replace(substr($2, 9), ':[^:]*$', ''))
            ORDER BY c.user_id, c.key, d.key LIMIT $4
            """;

    private static final String REFERRALS =
            """
            SELECT d.key AS at, jsonb_build_object(
                     'childId', m.id, 'childName', m.name,
                     'childEmail', CASE WHEN position('@' IN m.email) > 1 THEN left(m.email, 1) || '***' || substring(m.email FROM '@[^@]*$')
                                        ELSE '***' END,
                     'createdAt', iso_instant(m.created_at))::text AS record
            FROM kv_store_44a642d3 d
            JOIN member m ON d.key = 'referral:' || m.parent_id || ':' || m.id AND m.id = right(d.key, 36)::uuid
            WHERE d.key > greatest('referral:' || $1 || ':', $2) AND d.key < 'referral:' || $1 || ';' AND $3::text IS NOT NULL
            ORDER BY d.key LIMIT $4
            """;

    private static final String STATEMENT =
            """
            SELECT e.seq::text AS at, jsonb_build_object(
                     'id', e.seq::text, 'transferId', e.transfer_id, 'kind', t.kind, 'role', e.role, 'amount', to_major(e.amount),
                     'held', to_major(e.held), 'balanceAfter', to_major(e.balance_after), 'reference', t.reference, 'memo', t.memo,
                     'createdAt', iso_instant(e.created_at))::text AS record
            FROM (SELECT * FROM ledger_entry
                  WHERE (account_id, seq) > ($1::text::uuid, coalesce(nullif($2, '')::bigint, 0))
                    AND (account_id, seq) < ($1::text::uuid, 9223372036854775807) AND $3::text IS NOT NULL
                  ORDER BY account_id, seq LIMIT $4) e
            CROSS JOIN LATERAL (SELECT * FROM ledger_transfer WHERE id = e.transfer_id LIMIT 1) t
            ORDER BY e.seq
            """;

    private final SqlClient client;

    ExportStore(SqlClient client) {
        this.client = client;
    }

    /** The member's profile; empty when there is no such member. */
    Future<Optional<Profile>> profile(UUID member) {
        return client.preparedQuery(PROFILE)
                .mapping(row -> Json.read(row.getString(0), Profile.class))
                .execute(Tuple.of(Keys.user(member)))
                .map(Rows::first);
    }

    /** The next records of one section. */
    Future<List<ExportRecord>> records(UUID member, Place from, int limit) {
        Section section = from.section();
        String start = section.prefix().isEmpty() || !from.after().isEmpty() ? from.after() : section.prefix();
        String end = section.prefix().isEmpty() ? "" : Keys.end(section.prefix());
        Tuple tuple = Tuple.of(member.toString(), start, end, limit);
        if (sql(section).equals(DOCUMENTS)) {
            tuple.addArrayOfString(section.shown());
        }
        return client.preparedQuery(sql(section))
                .mapping(row -> new ExportRecord(section, row.getString("at"), row.getString("record")))
                .execute(tuple)
                .map(Rows::list);
    }

    private static String sql(Section section) {
        return switch (section) {
            case STATEMENT -> STATEMENT;
            case REFERRALS -> REFERRALS;
            case TICKETS -> TICKETS;
            case MESSAGES -> MESSAGES;
            case ACTIVITY -> ACTIVITY;
            case SUBMISSIONS, WITHDRAWALS, BONUSES, PREMIUM, CONVERSATIONS, SESSIONS -> DOCUMENTS;
        };
    }
}
