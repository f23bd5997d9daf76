package io.cloneplatform.gateway.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.gateway.document.ApiOperation.Access;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ApiDocumentTest {
    private static final Set<String> INTERNAL = Set.of(Addresses.AUTH_TRUST, Addresses.AUTH_DENIED);

    private static final ApiDocument DOCUMENT = ApiDocument.load();

    @Test
    void namesExactlyTheAddressesThatTheBusKnows() {
        Set<String> documented = DOCUMENT.operations().stream()
                .map(ApiOperation::address)
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = Arrays.stream(Addresses.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(ApiDocumentTest::value)
                .filter(address -> !address.startsWith("event.") && !INTERNAL.contains(address))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).isEqualTo(known);
    }

    @Test
    void everyAdminOperationNamesItsPermission() {
        assertThat(DOCUMENT.operations())
                .filteredOn(operation -> operation.access() == Access.ADMIN)
                .isNotEmpty()
                .allSatisfy(operation -> assertThat(operation.permission()).isPresent());
    }

    @Test
    void everyAdminPathIsForAdmins() {
        assertThat(DOCUMENT.operations())
                .filteredOn(operation -> operation.path().startsWith("/admin/")
                        && !operation.path().equals("/admin/signin"))
                .allSatisfy(operation -> assertThat(operation.access()).isEqualTo(Access.ADMIN));
    }

    @Test
    void everyStateChangingOperationTakesAnIdempotencyKey() {
        assertThat(DOCUMENT.operations())
                .filteredOn(operation -> !operation.method().equals("GET"))
                .filteredOn(operation ->
                        !Set.of("authProfilePost", "authVipTierRefuse").contains(operation.id()))
                .allSatisfy(operation ->
                        assertThat(operation.idempotent()).as(operation.id()).isTrue());
    }

    @Test
    void whoeverWishesNothingGetsJson() {
        assertThat(DOCUMENT.operations())
                .filteredOn(operation -> operation.produces().size() > 1)
                .isNotEmpty()
                .allSatisfy(operation -> assertThat(operation.produces()).startsWith("application/json"));
    }

    @Test
    void everyExampleOfARefusalIsOneThatIsMade() {
        List<JsonNode> problems = DOCUMENT.tree().findValues("application/problem+json").stream()
                .map(content -> content.get("example"))
                .toList();
        assertThat(problems).hasSizeGreaterThan(10).doesNotContainNull().allSatisfy(problem -> {
            ErrorCode code = ErrorCode.valueOf(problem.get("code").asText());
            assertThat(problem.get("status").asInt()).isEqualTo(code.status());
            assertThat(problem.get("title").asText()).isEqualTo(code.title());
            assertThat(problem.get("type").asText())
                    .isEqualTo("urn:clone-platform:error:"
                            + code.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            assertThat(problem.get("error")).isEqualTo(problem.get("detail"));
        });
    }

    @Test
    void noNumberIsHeldAgainstAFractionThatBinaryCannotExpress() {
        assertThat(DOCUMENT.tree().findValues("multipleOf")).isEmpty();
        assertThat(DOCUMENT.tree().findValues("x-decimals")).isNotEmpty();
        JsonNode amount = DOCUMENT.tree().at("/components/schemas/Amount");
        assertThat(DOCUMENT.enforced(amount).get("multipleOf").decimalValue()).isEqualByComparingTo("0.01");
        assertThat(DOCUMENT.enforced(amount).has("x-decimals")).isFalse();
    }

    private static String value(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
