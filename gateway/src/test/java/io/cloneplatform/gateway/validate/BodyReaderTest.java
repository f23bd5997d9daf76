package io.cloneplatform.gateway.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloneplatform.common.bus.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyReaderTest {
    private static BadInput refused(String body) {
        BadInput refusal =
                catchThrowableOfType(BadInput.class, () -> BodyReader.read(body.getBytes(StandardCharsets.UTF_8)));
        assertThat(refusal).as(body).isNotNull();
        return refusal;
    }

    @Test
    void readsDecimalsExactly() throws BadInput {
        var object =
                BodyReader.read("{\"amount\": 0.1, \"big\": 12345678901234567890}".getBytes(StandardCharsets.UTF_8));
        assertThat(object.get("amount").decimalValue()).isEqualByComparingTo("0.1");
        assertThat(object.get("amount").isBigDecimal()).isTrue();
        assertThat(object.get("big").bigIntegerValue()).isEqualTo("12345678901234567890");
    }

    @Test
    void anEmptyBodyIsAnEmptyObject() throws BadInput {
        assertThat(BodyReader.read(new byte[0])).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{|body",
                "[]|body",
                "\"text\"|body",
                "12|body",
                "null|body",
                "{} {}|body",
                "{\"amount\": NaN}|body",
                "{\"amount\": 1e3}|amount",
                "{\"amount\": 1.0E1}|amount",
                "{\"a\": {\"b\": 1e3}}|a.b",
                "{\"name\": \"x\", \"name\": \"y\"}|name",
                "{\"name\": \"nul \\u0000\"}|name",
                "{\"name\": \"half \\ud800 pair\"}|name",
                "{\"list\": [\"\\udc00\"]}|list"
            })
    void refusesAndNamesTheField(String body, String field) {
        assertThat(refused(body).refusal().errors()).singleElement().satisfies(error -> assertThat(error.field())
                .isEqualTo(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"[[[|deep", "{\"a\":{\"b\":|deep", "9|amount"})
    void whatIsTooDeepOrTooLongIsNamedByTheFieldOfTheBodyThatItIsIn(String repeated, String field) {
        String value = repeated.repeat(50);
        assertThat(refused("{\"name\": \"x\", \"" + field + "\": " + value)
                        .refusal()
                        .errors())
                .singleElement()
                .satisfies(error -> assertThat(error.field()).isEqualTo(field));
    }

    @Test
    void aNameIsNotRepeatedInFullWhateverItsLength() {
        String name = "n".repeat(20_000);
        String twice = "{\"" + name + "\":1,\"" + name + "\":2}";
        String deep = "{\"" + name + "\":" + "[".repeat(50);
        for (String body : List.of(twice, deep)) {
            assertThat(refused(body).refusal().message()).startsWith("nnn").hasSizeLessThan(200);
            assertThat(refused(body).refusal().errors().get(0).field()).hasSizeLessThan(200);
        }
    }

    @Test
    void acceptsEmoji() throws BadInput {
        var object = BodyReader.read("{\"name\": \"\uD83D\uDE00\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(object.get("name").textValue()).isEqualTo("\uD83D\uDE00");
    }

    @Test
    void refusesDeepNesting() {
        String deep = "{\"a\":".repeat(50) + "1" + "}".repeat(50);
        assertThat(refused(deep).refusal().code()).isEqualTo(ErrorCode.BODY_MALFORMED);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        BadInput refusal = catchThrowableOfType(
                BadInput.class, () -> BodyReader.read(new byte[] {'{', '"', (byte) 0xff, '"', '}'}));
        assertThat(refusal.refusal().code()).isEqualTo(ErrorCode.BODY_MALFORMED);
    }
}
