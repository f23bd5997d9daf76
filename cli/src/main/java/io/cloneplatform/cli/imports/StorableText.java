package io.cloneplatform.cli.imports;

import java.util.regex.Pattern;

/** Texts that the database can store: NUL, and halves of characters that were cut in two, become U+FFFD. */
final class StorableText {
    private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

    // The escaped NUL of JSON, unless its backslash is itself escaped.
    private static final Pattern ESCAPED_NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

    private StorableText() {}

    static String of(String text) {
        boolean suspect = text.chars().anyMatch(unit -> unit == 0 || Character.isSurrogate((char) unit));
        return !suspect ? text : UNSTORABLE.matcher(text).replaceAll("\uFFFD");
    }

    /** A JSON document as text. */
    static String ofJson(String json) {
        String storable = of(json);
        return storable.contains("\\u0000") ? ESCAPED_NUL.matcher(storable).replaceAll("$1\uFFFD") : storable;
    }
}
