package io.cloneplatform.gateway.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.FieldError;
import io.cloneplatform.gateway.document.ApiDocument;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidatorTest {
    private static final ApiDocument DOCUMENT = ApiDocument.load();

    private static Validator validator(String method, String path) {
        return DOCUMENT.operations().stream()
                .filter(operation ->
                        operation.method().equals(method) && operation.path().equals(path))
                .findFirst()
                .map(Validator::new)
                .orElseThrow();
    }

    private static List<FieldError> bodyErrors(Validator validator, String singleQuoted) {
        byte[] body = singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        BadInput refusal = catchThrowableOfType(BadInput.class, () -> validator.body(body));
        return refusal == null ? List.of() : refusal.refusal().errors();
    }

    @ParameterizedTest
    @CsvSource({"0.01", "19.99", "0.07", "1000000", "4.35", "1.10", "1.100"})
    void acceptsAmountsWithTwoDecimals(String amount) {
        assertThat(bodyErrors(
                        validator("POST", "/submit-product"), "{'productName': 'x', 'productValue': " + amount + "}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "0.001", "1.999", "1000000.01", "99999999999999999999", "'''5'''", "null", "true", "[]", "{}"
    })
    void refusesOtherAmountsAndNamesTheField(String amount) {
        assertThat(bodyErrors(
                        validator("POST", "/submit-product"), "{'productName': 'x', 'productValue': " + amount + "}"))
                .isNotEmpty()
                .allSatisfy(error -> assertThat(error.field()).isEqualTo("productValue"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\n", "\\r", "\\r\\n", "\\u0085", "\\u2028", "\\u2029"})
    void aLineBreakAtTheEndIsPartOfTheText(String lineBreak) {
        String fields =
                "{'name': 'x', 'email': 'joan@example.com%1$s', 'username': 'joan%1$s', 'password': 'long enough',"
                        + " 'invitationCode': 'ABCDEF%1$s'}";
        assertThat(bodyErrors(validator("POST", "/signup"), fields.formatted(lineBreak)))
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder("email", "username", "invitationCode");
    }

    @Test
    void noPatternHasADollarButAtItsEnd() {
        assertThat(DOCUMENT.tree().findValues("pattern"))
                .filteredOn(JsonNode::isTextual)
                .hasSizeGreaterThan(20)
                .allSatisfy(
                        pattern -> assertThat(pattern.asText()).startsWith("^").matches("[^$]*\\$"));
    }

    @Test
    void namesEveryMissingField() {
        assertThat(bodyErrors(validator("POST", "/signup"), "{}"))
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder("email", "password", "name");
    }

    @Test
    void saysInWordsWhatIsExpected() {
        assertThat(bodyErrors(
                        validator("POST", "/signup"),
                        "{'email': 'a@example.com', 'password': 'short', 'name': 7, 'gender': 'x'}"))
                .extracting(error -> error.field() + " " + error.message())
                .containsExactlyInAnyOrder(
                        "password must have at least 8 characters",
                        "name must be string",
                        "gender must be one of male, female, other");
    }

    @Test
    void ignoresUnknownFields() {
        assertThat(bodyErrors(
                        validator("POST", "/submit-product"),
                        "{'productName': 'x', 'productValue': 5, 'unknown': {'deep': [1]}}"))
                .isEmpty();
    }

    @Test
    void requiresABodyWhereFieldsAreRequired() {
        Validator validator = validator("POST", "/signup");
        BadInput refusal = catchThrowableOfType(BadInput.class, () -> validator.body(new byte[0]));
        assertThat(refusal.refusal().errors()).extracting(FieldError::field).containsExactly("body");
        assertThatCode(() -> validator("POST", "/profile").body(new byte[0])).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"limit, 0", "limit, 501", "limit, abc", "limit, 1.5", "limit, ''", "offset, -1", "status, unknown"})
    void refusesParametersAndNamesThem(String name, String value) {
        Validator validator = validator("GET", "/withdrawals");
        BadInput refusal = catchThrowableOfType(
                BadInput.class,
                () -> validator.parameters(path -> "", query -> query.equals(name) ? List.of(value) : List.of()));
        assertThat(refusal.refusal().errors()).extracting(FieldError::field).contains(name);
    }

    @Test
    void passesGivenParametersAndNoOthers() throws BadInput {
        Map<String, String> accepted = validator("GET", "/withdrawals")
                .parameters(
                        path -> "",
                        query -> query.equals("limit")
                                ? List.of("7")
                                : query.equals("nonsense") ? List.of("x") : List.of());
        assertThat(accepted).containsExactly(Map.entry("limit", "7"));
    }
}
