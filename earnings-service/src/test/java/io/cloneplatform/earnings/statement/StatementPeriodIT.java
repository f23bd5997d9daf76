package io.cloneplatform.earnings.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.FieldError;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.testing.EarningsPlatform;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementPeriodIT {
    private static EarningsPlatform earnings;
    private static Member member;

    @BeforeAll
    static void start() {
        earnings = EarningsPlatform.start();
        member = earnings.member(null);
        for (String at : List.of(
                "2026-02-28T23:59:59.999999Z",
                "2026-03-01T00:00:00Z",
                "2026-03-31T12:00:00Z",
                "2026-03-31T23:59:59.999999Z",
                "2026-04-01T00:00:00Z")) {
            insert(at);
        }
    }

    @AfterAll
    static void stop() {
        earnings.close();
    }

    // Posting knows no time but its own; an entry of another day is written as posting would have written it.
    private static void insert(String at) {
        earnings.platform().execute("SET ledger.posting = 'on'");
        earnings.platform()
                .execute(
                        """
                        WITH t AS (
                          INSERT INTO ledger_transfer (id, kind, reference, created_at)
                          VALUES (gen_random_uuid(), 'adjustment', ?, ?::timestamptz) RETURNING id, created_at)
                        INSERT INTO ledger_entry (transfer_id, account_id, role, amount, held, earned, balance_after, held_after, created_at)
                        SELECT id, ?, 'adjustment', 0, 0, 0, 0, 0, created_at FROM t
                        """,
                        at,
                        at,
                        member.id());
        earnings.platform().execute("RESET ledger.posting");
    }

    private static Map<String, String> params(String from, String to) {
        Map<String, String> params = new HashMap<>();
        params.put("from", from);
        params.put("to", to);
        params.values().removeIf(value -> value == null);
        return params;
    }

    @ParameterizedTest
    @CsvSource({
        ", , 5",
        "2026-03-01, , 4",
        ", 2026-03-31, 4",
        "2026-03-01, 2026-03-31, 3",
        "2026-03-31, 2026-03-31, 2",
        "2026-03-02, 2026-03-30, 0",
        "2026-03-31T12:00:00Z, 2026-04-01T00:00:00Z, 2",
        "2026-03-31T12:00:00.000001Z, 2026-04-01T00:00:00.000001Z, 2",
        "0000-01-01, 9999-12-31, 5"
    })
    void aDateIsAWholeDayAndAnInstantIsExact(String from, String to, int entries) {
        assertThat(earnings.platform()
                        .ok(Addresses.EARNINGS_STATEMENT, member.caller(), params(from, to), null)
                        .get("statement"))
                .hasSize(entries);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-30, , from",
        "2026-13-01, , from",
        "20260301, , from",
        "yesterday, , from",
        ", 2026-03-31T25:00:00Z, to",
        ", 2026-03-31T12:00:00, to",
        ", '', to",
        "2026-03-02, 2026-03-01T23:59:59Z, to",
        "2026-04-01, 2026-03-01, to",
        "2026-04-01, 2026-03-31, to",
        "2026-03-31T12:00:00Z, 2026-03-31T12:00:00Z, to"
    })
    void whatIsNoPeriodIsRefusedByItsField(String from, String to, String field) {
        assertThat(earnings.platform()
                        .refusal(Addresses.EARNINGS_STATEMENT, member.caller(), params(from, to), null)
                        .errors())
                .extracting(FieldError::field)
                .containsExactly(field);
    }

    @Test
    void thePagesOfAPeriodStayInIt() {
        var first = earnings.platform()
                .ok(
                        Addresses.EARNINGS_STATEMENT,
                        member.caller(),
                        Map.of("from", "2026-03-01", "to", "2026-03-31", "limit", "2"),
                        null);
        var second = earnings.platform()
                .ok(
                        Addresses.EARNINGS_STATEMENT,
                        member.caller(),
                        Map.of(
                                "from",
                                "2026-03-01",
                                "to",
                                "2026-03-31",
                                "limit",
                                "2",
                                "cursor",
                                first.get("nextCursor").asText()),
                        null);
        assertThat(second.at("/statement/0/at").asText()).isEqualTo("2026-03-01T00:00:00.000Z");
        assertThat(second.get("statement")).hasSize(1);
        assertThat(second.get("nextCursor").isNull()).isTrue();
    }
}
