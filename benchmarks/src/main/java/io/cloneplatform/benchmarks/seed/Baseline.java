package io.cloneplatform.benchmarks.seed;

import io.cloneplatform.benchmarks.stage.Database;
import java.util.List;

/**
 * What the baselines work on: tables of the same shape, indexes and content as the platform's, in the schema {@code bench}
 * of the same database, without the platform's triggers.
 */
public final class Baseline {
    private static final String COPIES =
            """
            CREATE TABLE bench.ledger_account (LIKE ledger_account INCLUDING ALL) WITH (fillfactor = 70);
            CREATE TABLE bench.ledger_transfer (LIKE ledger_transfer INCLUDING ALL);
            CREATE TABLE bench.ledger_entry (LIKE ledger_entry INCLUDING ALL);
            CREATE TABLE bench.ledger_month (LIKE ledger_month INCLUDING ALL) WITH (fillfactor = 70);
            CREATE TABLE bench.earnings_day (LIKE earnings_day INCLUDING ALL);
            CREATE TABLE bench.idempotency_key (LIKE idempotency_key INCLUDING ALL);
            CREATE TABLE bench.kv (LIKE kv_store_44a642d3 INCLUDING ALL) WITH (fillfactor = 80);

            INSERT INTO bench.ledger_account (id, kind, name, balance, held, earned, commission, created_at)
              SELECT id, kind, name, balance, held, earned, commission, created_at FROM ledger_account WHERE kind = 'member';
            INSERT INTO bench.ledger_transfer SELECT * FROM ledger_transfer;
            INSERT INTO bench.ledger_entry (transfer_id, account_id, role, amount, held, earned, balance_after, held_after, created_at)
              SELECT transfer_id, account_id, role, amount, held, earned, balance_after, held_after, created_at FROM ledger_entry ORDER BY seq;
            INSERT INTO bench.ledger_month SELECT * FROM ledger_month;
            INSERT INTO bench.kv (key, value, created_at, updated_at) SELECT key, value, created_at, updated_at FROM kv_store_44a642d3;
            """;

    private static final String LINES =
            """
            CREATE TABLE bench.line AS
            SELECT i.position AS n, m.id AS member, m.parent_id AS parent, m.grandparent_id AS grandparent,
                   m.great_grandparent_id AS great_grandparent, m.name, m.email
            FROM unnest(?::bigint[]) WITH ORDINALITY AS i (number, position)
            JOIN member m ON m.id = bench.member_id(i.number)
            """;

    private Baseline() {}

    /** Copies what the seed wrote, and notes the lines of those who submit. */
    public static void write(Database database, List<Long> submitters) {
        database.run(COPIES);
        database.run(LINES, (Object) submitters.toString().replace('[', '{').replace(']', '}'));
        database.run("ALTER TABLE bench.line ADD PRIMARY KEY (n)");
    }
}
