package io.cloneplatform.benchmarks.seed;

import io.cloneplatform.benchmarks.stage.Database;

/**
 * Fills an empty database with members, as many signing-ups would have left it, and gives each of them money through the
 * ledger. Member {@code n} was invited by member {@code (n - 2) / 10 + 1}; only the last ones have all been invited by one
 * member, the hub.
 */
public final class Seed {
    /** What everybody's passwords are. */
    public static final String PASSWORD = "benchmark-password";

    private static final int HUB = 112; // the first member with three ancestors
    private static final int MAX_BELOW_HUB = 1_000;
    private static final int MEMBERS_PER_POSTING = 1_000;
    private static final long OPENING_MINOR = 1_000_00;

    /** A hash of the password as the platform makes them. */
    public static final String HASH =
            "$argon2id$v=19$m=19456,t=2,p=1$cnXP/5Ae0XHaQIEWmu0VZA$sA/Z72WWPCTuWM3rqkz/Zyj3T1MAYxfohgHoR901hN8";

    /** The same with parameters that cost next to nothing. */
    public static final String CHEAP_HASH =
            "$argon2id$v=19$m=8,t=1,p=1$AVDo+CgHtL4OQd1dDh7Tlg$0zaxkFEAnMC8kj8IqUxrg72bmCNv0XGFml8BoZpsG2g";

    private static final String FUNCTIONS =
            """
            CREATE SCHEMA bench;
            CREATE FUNCTION bench.member_id(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
              RETURN ('01990000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid;
            CREATE FUNCTION bench.code(n bigint) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
              RETURN (SELECT 'AAA' || string_agg(substr('ABCDEFGHJKMNPQRSTUVWXYZ23456789', 1 + (n / (31 ^ i)::bigint % 31)::integer, 1), '')
                      FROM generate_series(4, 0, -1) AS i);
            """;

    private static final String PLAN =
            """
            CREATE TABLE bench.seed AS
            WITH place AS (
              SELECT n, CASE WHEN n = 1 THEN NULL WHEN n > ?::bigint - ?::bigint THEN ? ELSE (n - 2) / 10 + 1 END AS parent
              FROM generate_series(1, ?::bigint) AS n)
            SELECT p.n, bench.member_id(p.n) AS id, bench.member_id(p.parent) AS parent_id, bench.code(p.n) AS code,
                   'Member ' || p.n AS name, 'member' || p.n || '@example.com' AS email, coalesce(c.children, 0) AS children,
                   date_trunc('milliseconds', now()) - (?::bigint - p.n) * interval '1 second' AS created_at
            FROM place p
            LEFT JOIN (SELECT parent, count(*) AS children FROM place GROUP BY parent) c ON c.parent = p.n
            ORDER BY p.n
            """;

    // Parents come before their children: the line of each is copied from the parent's row.
    private static final String MEMBERS =
            """
            SET enable_seqscan = off;
            INSERT INTO member (id, email, username, name, parent_id, created_at)
            SELECT id, email, 'member' || n, name, parent_id, created_at FROM bench.seed ORDER BY n;
            RESET enable_seqscan;
            INSERT INTO ledger_account (id, kind, name, created_at) SELECT id, 'member', id::text, created_at FROM bench.seed ORDER BY n;
            """;

    private static final String CREDENTIALS =
            """
            INSERT INTO credential (subject_id, password_hash, withdrawal_password_hash)
            SELECT id, ?, CASE n % 2 WHEN 0 THEN ? ELSE ? END FROM bench.seed ORDER BY n
            """;

    private static final String DOCUMENTS =
            """
            INSERT INTO kv_store_44a642d3 (key, value, created_at)
            SELECT 'user:' || id, jsonb_build_object(
                     'id', id, 'email', email, 'username', 'member' || n, 'name', name, 'gender', NULL, 'balance', 0, 'heldBalance', 0,
                     'totalEarned', 0, 'vipTier', 'Normal', 'invitationCode', code, 'parentUserId', parent_id, 'childCount', children,
                     'productsSubmitted', 0, 'accountFrozen', false, 'freezeAmount', 0, 'freezeReason', NULL,
                     'createdAt', iso_instant(created_at)), created_at
            FROM bench.seed ORDER BY n;
            INSERT INTO kv_store_44a642d3 (key, value, created_at)
            SELECT 'invitecode:' || code, jsonb_build_object('code', code, 'userId', id, 'createdAt', iso_instant(created_at)), created_at
            FROM bench.seed ORDER BY n;
            INSERT INTO kv_store_44a642d3 (key, value, created_at)
            SELECT 'referral:' || parent_id || ':' || id, jsonb_build_object(
                     'parentId', parent_id, 'childId', id, 'childName', name, 'childEmail', email, 'totalSharedProfit', 0,
                     'lastProductAt', NULL, 'createdAt', iso_instant(created_at)), created_at
            FROM bench.seed WHERE parent_id IS NOT NULL ORDER BY n;
            CREATE UNIQUE INDEX seed_by_number ON bench.seed (n);
            """;

    private static final String MONEY =
            """
            WITH m AS MATERIALIZED (SELECT id AS member, uuidv7() AS transfer FROM bench.seed WHERE n >= ? AND n < ?),
            t AS (SELECT array_agg(transfer) AS id, count(*)::integer AS size FROM m),
            e AS (
              SELECT array_agg(transfer) AS transfer, array_agg(account) AS account, array_agg(role) AS role, array_agg(amount) AS amount
              FROM (SELECT transfer, member AS account, 'adjustment' AS role, ?::bigint AS amount FROM m
                    UNION ALL SELECT transfer, 'ffffffff-ffff-ffff-ffff-fffffffffff2', 'source', -?::bigint FROM m) AS both_sides)
            SELECT count(*) FROM t, e, ledger_post(
              t.id, array_fill('adjustment'::text, ARRAY[t.size]), array_fill('posted'::text, ARRAY[t.size]),
              array_fill(NULL::uuid, ARRAY[t.size]), t.id::text[], array_fill('Opening balance'::text, ARRAY[t.size]),
              e.transfer, e.account, e.role, e.amount,
              array_fill(0::bigint, ARRAY[2 * t.size]), array_fill(0::bigint, ARRAY[2 * t.size]))
            """;

    private final Database database;
    private final long members;

    /** Plans to write so many members. */
    public Seed(Database database, long members) {
        this.database = database;
        this.members = members;
    }

    /** The id of a member. */
    public static String memberId(long number) {
        return "01990000-0000-7000-8000-%012x".formatted(number);
    }

    /** Whether checking a member's withdrawal password costs next to nothing. */
    public static boolean hasCheapHash(long number) {
        return number % 2 == 0;
    }

    private long belowHub() {
        return Math.min(MAX_BELOW_HUB, members / 10);
    }

    /** Writes everything. */
    public void write() {
        database.run(FUNCTIONS);
        database.run(PLAN, members, belowHub(), HUB, members, members);
        database.run(MEMBERS);
        database.run(CREDENTIALS, HASH, CHEAP_HASH, HASH);
        database.run(DOCUMENTS);
        database.run("ANALYZE");
        for (long n = 1; n <= members; n += MEMBERS_PER_POSTING) {
            database.rows(MONEY, n, n + MEMBERS_PER_POSTING, OPENING_MINOR, OPENING_MINOR);
        }
    }

    /** At most so many members with three ancestors, all over the tree, none of them below the hub. */
    public Spread anywhere(int atMost) {
        return Spread.over(HUB + 1, members - belowHub(), atMost);
    }

    /** At most so many members below the hub. */
    public Spread belowHub(int atMost) {
        return Spread.over(members - belowHub() + 1, members, atMost);
    }
}
