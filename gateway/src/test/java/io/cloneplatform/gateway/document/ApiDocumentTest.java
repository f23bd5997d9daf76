package io.cloneplatform.gateway.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.gateway.document.ApiOperation.Access;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ApiDocumentTest {
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
                .filter(address -> !address.startsWith("event.") && !address.equals(Addresses.AUTH_TRUST))
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

    private static String value(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
