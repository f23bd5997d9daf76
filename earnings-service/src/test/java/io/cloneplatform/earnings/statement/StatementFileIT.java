package io.cloneplatform.earnings.statement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.testing.EarningsPlatform;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StatementFileIT {
    private static EarningsPlatform earnings;

    @BeforeAll
    static void start() {
        earnings = EarningsPlatform.start();
    }

    @AfterAll
    static void stop() {
        earnings.close();
    }

    private static Reply.Done done(Member member, Map<String, String> params) {
        return (Reply.Done) earnings.platform()
                .send(Addresses.EARNINGS_STATEMENT, member.caller(), params, null, null)
                .await();
    }

    private static List<List<String>> rows(Reply.Done done) {
        return CsvReader.read(new String(done.body(), StandardCharsets.UTF_8));
    }

    private static void adjust(Member member, String reason) {
        JsonNode order = Json.object()
                .put("userId", member.id().toString())
                .put("amount", -1)
                .put("reason", reason);
        earnings.platform().ok(Addresses.EARNINGS_ADJUST_BALANCE, TestPlatform.admin(), Map.of(), order);
    }

    @Test
    void aFileSaysCellByCellWhatTheAnswerSays() {
        Member parent = earnings.platform().member("@SUM(1;2) \u00fc", null);
        Member member = earnings.member(parent);
        earnings.submit(member, "1234.56");
        adjust(member, "Counted \"twice\",\nsee the note; really");
        JsonNode json = Json.read(done(member, Map.of("format", "json")).body(), JsonNode.class);
        List<List<String>> rows = rows(done(member, Map.of("format", "csv")));
        assertThat(rows).hasSize(3);
        for (int i = 0; i < 2; i++) {
            List<String> expected = new ArrayList<>();
            json.at("/statement/" + i).properties().forEach(field -> expected.add(cell(field.getValue())));
            assertThat(rows.get(i + 1)).isEqualTo(expected);
        }
        List<String> names = new ArrayList<>();
        json.at("/statement/0").fieldNames().forEachRemaining(names::add);
        assertThat(rows.get(0)).isEqualTo(names);
    }

    private static String cell(JsonNode value) {
        if (value.isNumber()) {
            return Money.ofMajor(value.decimalValue()).text();
        }
        return value.isNull() ? "" : value.asText();
    }

    @Test
    void noTextIsAFormulaAndEveryNumberIsOne() {
        Member child = earnings.member(earnings.platform().member("=cmd|' /C calc'!A0", null));
        earnings.submit(child, "100");
        earnings.platform()
                .ok(
                        Addresses.EARNINGS_SUBMIT,
                        child.caller(),
                        Map.of(),
                        Json.object().put("productName", "+1-2").put("productValue", 10));
        for (String reason : List.of("-2+3", "@now", "=HYPERLINK(\"http://x\")", "\tx", "plain")) {
            adjust(child, reason);
        }
        List<List<String>> rows = rows(done(child, Map.of("format", "csv")));
        assertThat(rows)
                .extracting(row -> row.get(8))
                .containsExactly("memo", "plain", "'\tx", "'=HYPERLINK(\"http://x\")", "'@now", "'-2+3", "", "");
        assertThat(rows.get(6).get(6)).isEqualTo("'+1-2");
        assertThat(rows.get(1).get(9)).isEqualTo("-1.00");
        Member grandchild = earnings.platform().member("=1+1", child);
        earnings.submit(grandchild, "10");
        assertThat(rows(done(child, Map.of("format", "csv"))).get(1).get(5)).isEqualTo("'=1+1");
    }

    @Test
    void comesForThosePreferringItAndTheQueryIsStronger() {
        Member member = earnings.member(null);
        assertThat(done(member, Map.of(Request.ACCEPT, "text/csv")).file()).isPresent();
        assertThat(done(member, Map.of(Request.ACCEPT, "application/json", "format", "csv"))
                        .file())
                .isPresent();
        assertThat(done(member, Map.of(Request.ACCEPT, "text/csv", "format", "json"))
                        .file())
                .isEmpty();
        assertThat(done(member, Map.of(Request.ACCEPT, "application/json")).file())
                .isEmpty();
        assertThat(done(member, Map.of()).file()).isEmpty();
    }

    @Test
    void isNamedForTheDayAndSaysWhereItGoesOn() {
        Member member = earnings.member(null);
        earnings.submit(member, "1");
        earnings.submit(member, "2");
        Reply.File first =
                done(member, Map.of("format", "csv", "limit", "1")).file().orElseThrow();
        assertThat(first.mediaType()).isEqualTo("text/csv; charset=utf-8; header=present");
        assertThat(first.name()).isEqualTo("statement-" + LocalDate.now(ZoneOffset.UTC) + ".csv");
        Reply.Done second = done(member, Map.of("format", "csv", "limit", "1", "cursor", first.nextCursor()));
        assertThat(second.file().orElseThrow().nextCursor()).isNull();
        assertThat(rows(second)).hasSize(2);
        assertThat(rows(second).get(1).get(9)).isEqualTo("0.80");
    }

    @Test
    void aRefusalStaysARefusal() {
        assertThat(earnings.platform()
                        .refused(
                                Addresses.EARNINGS_STATEMENT,
                                earnings.member(null).caller(),
                                Map.of("format", "csv", "cursor", "!"),
                                null))
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
    }
}
