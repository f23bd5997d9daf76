package io.cloneplatform.acceptance.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;

/** The books of one moment, read by one statement. Amounts are cents. */
public record Books(JsonNode totals) {
    /** The movements are those of the journal; members' shares of submissions stand beside them. */
    private static final String READ =
            """
            WITH movement AS (
              SELECT CASE
                  WHEN t.kind = 'submission' THEN 'SUBMISSION'
                  WHEN t.phase = 'pending' THEN 'HOLD'
                  WHEN t.phase = 'post' THEN 'PAYOUT'
                  WHEN t.phase = 'void' THEN 'RELEASE'
                  WHEN e.amount > 0 THEN 'CREDIT'
                  ELSE 'DEBIT' END AS name,
                sum(greatest(abs(e.amount), abs(e.held))) AS cents
              FROM ledger_transfer t JOIN ledger_entry e ON e.transfer_id = t.id
              WHERE t.kind = 'submission' AND e.role = 'source'
                 OR t.kind = 'withdrawal' AND e.role IN ('hold', 'payout', 'release')
                 OR t.kind = 'adjustment' AND e.role = 'adjustment'
              GROUP BY 1
            ), document AS (
              SELECT sum(to_minor((value ->> 'balance')::numeric + (value ->> 'heldBalance')::numeric)) AS cents
              FROM kv_store_44a642d3 WHERE key >= 'user:' AND key < 'user;'
            )
            SELECT jsonb_build_object(
              'everything', (SELECT sum(posted) FROM ledger_account),
              'members', (SELECT sum(posted) FROM ledger_account WHERE kind = 'member'),
              'held', (SELECT sum(held) FROM ledger_account),
              'lowest', (SELECT min(least(balance, held)) FROM ledger_account WHERE kind = 'member'),
              'documents', (SELECT cents FROM document),
              'shares', (SELECT coalesce(sum(amount), 0) FROM ledger_entry WHERE role = 'own' OR starts_with(role, 'level_')),
              'crooked', (SELECT count(*) FROM (SELECT FROM ledger_entry GROUP BY transfer_id HAVING sum(amount) <> 0) t),
              'movements', (SELECT coalesce(jsonb_object_agg(name, cents), '{}') FROM movement))::text
            """;

    /** Reads the books of this moment. */
    public static Books read(Journal journal) {
        return new Books(Json.read(journal.texts(READ).get(0)));
    }

    /** What the journal says was moved in one way. */
    public long moved(String movement) {
        return totals.get("movements").path(movement).asLong(0);
    }

    private long total(String name) {
        return totals.get(name).longValue();
    }

    /** What the members have, and what of it is held, is what was moved; nothing is negative and nothing is lost. */
    public Books requireSound() {
        assertThat(total("everything")).as("all accounts in %s", this).isZero();
        assertThat(total("crooked"))
                .as("transfers that do not add up in %s", this)
                .isZero();
        assertThat(total("lowest")).as("lowest balance in %s", this).isNotNegative();
        assertThat(total("members"))
                .as("members' money in %s", this)
                .isEqualTo(total("documents"))
                .isEqualTo(total("shares") + moved("CREDIT") - moved("DEBIT") - moved("PAYOUT"));
        assertThat(total("held"))
                .as("held money in %s", this)
                .isEqualTo(moved("HOLD") - moved("PAYOUT") - moved("RELEASE"));
        return this;
    }

    /** What all members have, available and held. */
    public long members() {
        return total("members");
    }
}
