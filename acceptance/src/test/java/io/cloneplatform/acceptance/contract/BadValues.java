package io.cloneplatform.acceptance.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What people, programs and attackers put where a value belongs: JSON text for bodies, plain text for parameters. */
final class BadValues {
    private static final String EMOJI = "\uD83D\uDE00";

    private BadValues() {}

    /** Values for a field of a body as JSON text, by what is odd about them. */
    static Map<String, String> forField(JsonNode schema) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("null", "null");
        values.put("a string", "\"text\"");
        values.put("a number", "7");
        values.put("a boolean", "true");
        values.put("an array", "[1]");
        values.put("an object", "{\"a\": 1}");
        values.put("an empty array", "[]");
        values.put("an empty string", "\"\"");
        values.put("blanks", "\"   \"");
        int limit = schema.path("maxLength").asInt(1_000);
        values.put("one too long", Json.text("x".repeat(limit + 1)));
        values.put("70 too long", Json.text("x".repeat(limit + 70)));
        values.put("just not too long", Json.text("x".repeat(limit)));
        values.put("emoji to the limit", Json.text(EMOJI.repeat(Math.min(limit, 10_000))));
        putCharacters(values);
        putNumbers(values);
        values.put("nested 30 deep", "[".repeat(30) + "]".repeat(30));
        values.put("nested 10000 deep", "[".repeat(10_000) + "]".repeat(10_000));
        values.put("objects 30 deep", "{\"a\":".repeat(30) + "1" + "}".repeat(30));
        return values;
    }

    private static void putCharacters(Map<String, String> values) {
        values.put("NUL", "\"a\\u0000b\"");
        values.put("escape", "\"a\\u001bb\"");
        values.put("DEL", "\"a\\u007fb\"");
        values.put("C1 control", "\"a\\u0085b\"");
        values.put("line break", "\"a\\nb\"");
        values.put("line break at the end", "\"abc\\n\"");
        values.put("line separator at the end", "\"abc\\u2028\"");
        values.put("e-mail with a line break at the end", "\"abc@example.com\\r\\n\"");
        values.put("emoji", "\"" + EMOJI + "\"");
        values.put("high surrogate", "\"a\\ud800\"");
        values.put("low surrogate", "\"\\udc00a\"");
        values.put("right to left", "\"\\u202eabc\"");
        values.put("no character", "\"\\ufffe\\uffff\"");
        values.put("SQL", "\"'; DROP TABLE kv_store_44a642d3; --\"");
        values.put("LIKE", "\"%_\\\\\"");
        values.put("query", "\"a & | ! ( <-> :* '\"");
        values.put("path", "\"../../etc/passwd\"");
        values.put("script", "\"<script>alert(1)</script>\"");
        values.put("upper case", "\"PENDING\"");
    }

    private static void putNumbers(Map<String, String> values) {
        values.put("exponent", "1e2");
        values.put("large exponent", "1E400");
        values.put("negative exponent", "1e-2");
        values.put("30 digits", "1" + "0".repeat(29));
        values.put("500 digits", "9".repeat(500));
        values.put("beyond long", "9223372036854775808");
        values.put("beyond the limit", "1000000000000.01");
        values.put("negative", "-1");
        values.put("negative cent", "-0.01");
        values.put("zero", "0");
        values.put("minus zero", "-0.0");
        values.put("three decimals", "12.345");
        values.put("thirty decimals", "0.000000000000000000000000000001");
        values.put("NaN", "NaN");
        values.put("infinity", "-Infinity");
        values.put("leading zero", "012");
        values.put("hexadecimal", "0x10");
        values.put("number as a string", "\"12.5\"");
    }

    /** Values for a parameter as they stand in a URL, already encoded, by what is odd about them. */
    static Map<String, String> forParameter(JsonNode schema) {
        Map<String, String> values = new LinkedHashMap<>();
        int limit = schema.path("maxLength").asInt(100);
        values.put("empty", "");
        values.put("blank", "%20");
        values.put("text", "text");
        values.put("number", "7");
        values.put("negative", "-1");
        values.put("zero", "0");
        values.put("decimal", "1.5");
        values.put("exponent", "1e2");
        values.put("beyond int", "2147483648");
        values.put("30 digits", "1".repeat(30));
        values.put("boolean", "true");
        values.put("array", "%5B1%5D");
        values.put("object", "%7B%22a%22%3A1%7D");
        values.put("null", "null");
        values.put("one too long", "x".repeat(limit + 1));
        values.put("70 too long", "x".repeat(limit + 70));
        values.put("NUL", "a%00b");
        values.put("escape", "a%1bb");
        values.put("line break", "a%0d%0aSet-Cookie:%20a=b");
        values.put("line break at the end", "abc%0a");
        values.put("emoji", "%F0%9F%98%80");
        values.put("lone surrogate", "%ED%A0%80");
        values.put("not UTF-8", "%FF%FE");
        values.put("overlong", "%C0%AF");
        values.put("SQL", "%27%3B%20DROP%20TABLE%20kv_store_44a642d3%3B%20--");
        values.put("LIKE", "%25_%5C");
        values.put("query", "a%20%26%20%7C%20%21%20%28%20%3C-%3E%20%3A%2A%20%27");
        values.put("twice encoded", "%2525");
        values.put("path", "..%2F..%2Fetc%2Fpasswd");
        return values;
    }

    /** What stands in a path where an id belongs, already encoded: nothing has any of these. */
    static Map<String, String> forId() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("nobody", World.nobody());
        values.put("nobody in capitals", World.nobody().toUpperCase(Locale.ROOT));
        values.put("without dashes", World.nobody().replace("-", ""));
        values.put("a number", "1");
        values.put("a negative number", "-1");
        values.put("null", "null");
        values.put("undefined", "undefined");
        values.put("a key", "user:1");
        values.put("a wildcard", "%25");
        values.put("a blank", "%20");
        values.put("up", "..");
        values.put("up, encoded", "%2e%2e");
        values.put("path traversal", "..%2F..%2F..%2Fetc%2Fpasswd");
        values.put("back slashes", "..%5C..%5Cwindows");
        values.put("NUL", "%00");
        values.put("line break", "a%0d%0aSet-Cookie:%20a=b");
        values.put("not UTF-8", "%FF");
        values.put("lone surrogate", "%ED%A0%80");
        values.put("emoji", "%F0%9F%98%80");
        values.put("SQL", "1%27%20OR%20%271%27=%271");
        values.put("long", "x".repeat(101));
        values.put("very long", "x".repeat(5_000));
        values.put("longer than a line", "x".repeat(9_000));
        values.put("with matrix parameters", "1;a=b");
        values.put("a template", "%7Bid%7D");
        values.put("zeroes", "00000000-0000-0000-0000-000000000000");
        values.put("the books", "ffffffff-ffff-ffff-ffff-fffffffffff2");
        return values;
    }
}
