package io.cloneplatform.common.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Json;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which requests under one key are the same. */
class SealedKeyTest {
    private static final Caller MEMBER = new Caller(Caller.Kind.MEMBER, "m1", "One", null, Set.of(), "127.0.0.1");

    private static SealedKey key(String body) {
        return new SealedKey(
                new Request("a.b", MEMBER, Map.of(), Json.read(body.replace('\'', '"')), "key", Long.MAX_VALUE, null));
    }

    private static boolean same(String first, String second) {
        return key(first).sameRequest(key(second).fingerprint());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = ';',
            value = {
                "{'amount': 1}; {'amount': 1.00}",
                "{'amount': 1}; {'amount': 1e0}",
                "{'amount': 100}; {'amount': 1E2}",
                "{'amount': 0}; {'amount': -0.00}",
                "{'amount': 12.5, 'to': 'x'}; {'to': 'x', 'amount': 12.50}",
                "{'a': [{'b': 1, 'c': 2}]}; {'a': [{'c': 2.0, 'b': 1.0}]}",
                "{'a': 'x'}; {'a': '\\u0078'}"
            })
    void bodiesThatSayTheSameAreTheSameRequest(String first, String second) {
        assertThat(same(first, second)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = ';',
            value = {
                "{'amount': 1}; {'amount': 1.01}",
                "{'amount': 1}; {'amount': '1'}",
                "{'amount': 10}; {'amount': 100}",
                "{'amount': 1}; {'amount': [1]}",
                "{'amount': 1}; {'amount': true}",
                "{'amount': 1}; {'amount': 1, 'more': null}",
                "{'a': [1, 2]}; {'a': [2, 1]}",
                "{'a': [1, 2]}; {'a': [12]}",
                "{'a': {'b': 1}}; {'a': 1, 'b': 1}",
                "{'a': '1'}; {'a': '1.0'}",
                "{'a': 'x,'}; {'a': 'x'}"
            })
    void bodiesThatSayOtherThingsAreNot(String first, String second) {
        assertThat(same(first, second)).isFalse();
    }

    @Test
    void aNumberOfABillionZerosIsNotWrittenDown() {
        assertThat(same("{'x': 1e999999999}", "{'x': 10e999999998}")).isTrue();
        assertThat(same("{'x': 1e999999999}", "{'x': 1e-999999999}")).isFalse();
    }
}
