package io.cloneplatform.acceptance.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Values by chance, many of them of the kind that breaks programs. */
final class FuzzValues {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "0",
            "-1",
            "1e309",
            "NaN",
            "null",
            "true",
            "[]",
            "{}",
            "'",
            "\"",
            "\\",
            "%",
            "%00",
            "%zz",
            "../../etc/passwd",
            "' OR 1=1 --",
            "$1",
            "<script>alert(1)</script>",
            "${jndi:ldap://x}",
            "{{7*7}}",
            "=1+1",
            "\u0000",
            "\u0007",
            "\u202e",
            "\ud83d\ude00",
            "é",
            "İ",
            "\uffff",
            "9223372036854775808",
            "2026-13-45T99:99:99Z",
            "2026-01-01T00:00:00.000Z",
            "user:%",
            "open",
            "pending",
            "Normal",
            "normal",
            "high",
            "csv",
            "00000000-0000-0000-0000-000000000000",
            "MTIz",
            "a@b",
            "\r\nSet-Cookie: a=b");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-1",
            "0.01",
            "0.001",
            "1",
            "500",
            "501",
            "10000",
            "999999999999.99",
            "1000000000001",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "1E-7",
            "123456789012345678901234567890.12");
    private static final List<String> NAMES =
            List.of("id", "userId", "amount", "__proto__", "", "a.b", "\u0000", "success");

    private final Random random;

    FuzzValues(Random random) {
        this.random = random;
    }

    <T> T of(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    String name() {
        return of(NAMES);
    }

    String text() {
        return switch (random.nextInt(10)) {
            case 0 -> "x".repeat(1 << random.nextInt(11));
            case 1 -> new UUID(random.nextLong(), random.nextLong()).toString();
            case 2 -> String.valueOf(random.nextLong());
            case 3 -> letters(random.nextInt(40));
            default -> of(TEXTS);
        };
    }

    private String letters(int length) {
        return random.ints(length, 1, 0xd7ff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Visible ASCII, as a header takes it. */
    String visible() {
        int length = 1 + random.nextInt(random.nextInt(8) == 0 ? 400 : 30);
        return random.ints(length, 0x21, 0x7f)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** A text that differs a little. */
    JsonNode near(String text) {
        if (text.isEmpty()) {
            return JsonNodeFactory.instance.textNode(text());
        }
        StringBuilder changed = new StringBuilder(text);
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
            case 0 -> changed.deleteCharAt(at);
            case 1 -> changed.insert(at, of(TEXTS));
            case 2 -> changed.setCharAt(at, (char) (1 + random.nextInt(0xd000)));
            default -> changed.append(text.repeat(1 + random.nextInt(20)));
        }
        return JsonNodeFactory.instance.textNode(changed.toString());
    }

    JsonNode json(int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(depth == 0 ? 5 : 8)) {
            case 0 -> nodes.nullNode();
            case 1 -> nodes.booleanNode(random.nextBoolean());
            case 2 -> nodes.numberNode(new BigDecimal(of(NUMBERS)));
            case 3, 4 -> nodes.textNode(text());
            case 5 -> array(depth);
            case 6 -> deep(random.nextInt(200));
            default -> object(depth);
        };
    }

    private ArrayNode array(int depth) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            array.add(json(depth - 1));
        }
        return array;
    }

    private ObjectNode object(int depth) {
        ObjectNode object = Json.object();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.set(of(NAMES), json(depth - 1));
        }
        return object;
    }

    private static JsonNode deep(int levels) {
        JsonNode inner = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < levels; i++) {
            inner = JsonNodeFactory.instance.arrayNode().add(inner);
        }
        return inner;
    }
}
