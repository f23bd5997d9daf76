package io.cloneplatform.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How single values of a dump are read. */
class LegacyValuesTest {
    private static JsonNode json(String singleQuoted) {
        return Json.read(singleQuoted.replace('\'', '"'));
    }

    @Test
    void amountsAreNumbersOrTextsOfNumbers() {
        assertThat(Amounts.minor(json("1234.5600000001"))).contains(123_456L);
        assertThat(Amounts.minor(json("-3500"))).contains(-350_000L);
        assertThat(Amounts.minor(json("' 12.345 '"))).contains(1_234L);
        assertThat(Amounts.minor(json("1e3"))).contains(100_000L);
        assertThat(Amounts.minor(json("'abc'"))).isEmpty();
        assertThat(Amounts.minor(json("'NaN'"))).isEmpty();
        assertThat(Amounts.minor(json("1e15"))).isEmpty();
        assertThat(Amounts.minor(json("'1e999999999'"))).isEmpty();
        assertThat(Amounts.minor(json("'1e-999999999'"))).isEmpty();
        assertThat(Amounts.minor(json("null"))).isEmpty();
        assertThat(Amounts.minor(json("{}"))).isEmpty();
    }

    @Test
    void timesAreTextsOrMilliseconds() {
        Instant at = Instant.parse("2025-03-01T10:00:00Z");
        assertThat(Times.of(json("'2025-03-01T10:00:00.000Z'"))).contains(at);
        assertThat(Times.of(json("'2025-03-01 11:00:00+01:00'"))).contains(at);
        assertThat(Times.of(json("1740823200000"))).contains(at);
        assertThat(Times.of(json("'1740823200000'"))).contains(at);
        assertThat(Times.of(json("'2025-03-01'"))).contains(Instant.parse("2025-03-01T00:00:00Z"));
        assertThat(Times.inId("ticket_1740823200000_x1y2")).contains(at);
        assertThat(Times.of(json("'yesterday'"))).isEmpty();
        assertThat(Times.of(json("'+99999-01-01T00:00:00Z'"))).isEmpty();
        assertThat(Times.of(json("5"))).isEmpty();
    }

    @Test
    void idsAreKeptOrMadeAlwaysTheSame() {
        UUID id = UUID.fromString("aaaaaaaa-1111-4111-8111-111111111111");
        assertThat(LegacyIds.member("AAAAAAAA-1111-4111-8111-111111111111")).isEqualTo(id);
        assertThat(LegacyIds.member("user_7"))
                .isEqualTo(LegacyIds.member("user_7"))
                .isNotEqualTo(LegacyIds.member("user_8"));
        assertThat(LegacyIds.member("user_7").version()).isEqualTo(5);
        assertThat(LegacyIds.kept("ticket_17_a")).isEqualTo("ticket_17_a");
        assertThat(LegacyIds.kept("a:b")).matches("[0-9a-f-]{36}");
        assertThat(LegacyIds.kept("support-" + id)).matches("[0-9a-f-]{36}");
    }

    @Test
    void idsWithATimeSortByIt() {
        Instant early = Instant.parse("2025-03-01T10:00:00Z");
        UUID first = LegacyIds.timed(Optional.of(early), "b");
        UUID later = LegacyIds.timed(Optional.of(early.plusMillis(1)), "a");
        assertThat(first.version()).isEqualTo(7);
        assertThat(first.variant()).isEqualTo(2);
        assertThat(first.toString())
                .isLessThan(later.toString())
                .isEqualTo(LegacyIds.timed(Optional.of(early), "b").toString());
    }

    @Test
    void fieldsRememberWhatWasUnderstood() {
        Fields fields = new Fields(json("{'vipTier':'Gold','vip_tier':'Silver','name':'A','note':'x','empty':null}"));
        assertThat(fields.text("vipTier", "vip_tier")).contains("Gold");
        assertThat(fields.text("name")).contains("A");
        assertThat(fields.rest()).isEqualTo(json("{'vip_tier':'Silver','note':'x'}"));
    }

    @Test
    void secretsAreTakenOutAtAnyDepth() {
        JsonNode document = json(
                "{'a':{'adminPassword':'x','name':'n'},'list':[{'access_token':'y'}],'email':'eyJh.eyJz.c2ln','tokens':3}");
        assertThat(Secrets.removeFrom(document))
                .containsExactlyInAnyOrder("adminPassword", "access_token", "email", "tokens");
        assertThat(document).isEqualTo(json("{'a':{'name':'n'},'list':[{}]}"));
    }

    @Test
    void textsFitOnOneLineAndAreNeverCutInsideACharacter() {
        assertThat(Texts.line(" a\r\n\tb ", 10)).isEqualTo("a b");
        assertThat(Texts.line("ab🌱", 3)).isEqualTo("ab");
    }

    @Test
    void openingPartsAddUpToWhatIsPosted() {
        Opening opening = new Opening(10, 20, 0, 5, 0, 12);
        assertThat(opening.parts().stream().mapToLong(Opening.Part::amount).sum())
                .isEqualTo(12);
        assertThat(opening.parts().stream().mapToLong(Opening.Part::earned).sum())
                .isEqualTo(opening.earned());
        assertThat(opening.parts())
                .extracting(Opening.Part::name)
                .containsExactly("own", "level_1", "level_3", "balance");
    }

    @Test
    void addressesThatAnyDatabaseTakesForTheSameAreFoldedIntoOne() {
        assertThat(List.of("Ivan@X.com", "\u0130van@x.com", "i\u0307van@x.com"))
                .allSatisfy(email -> assertThat(Texts.folded(email)).isEqualTo("ivan@x.com"));
        assertThat(List.of("\u03a3\u0391\u03a3", "\u03c3\u03b1\u03c2", "\u03c3\u03b1\u03c3"))
                .allSatisfy(name -> assertThat(Texts.folded(name)).isEqualTo("\u03c3\u03b1\u03c3"));
        assertThat(Texts.folded("stra\u00dfe")).isNotEqualTo(Texts.folded("strasse"));
    }
}
