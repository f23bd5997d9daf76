package io.cloneplatform.cli.imports;

import io.cloneplatform.common.json.Money;

/** Texts as this platform stores them. */
final class Texts {
    // The lower case of the Turkish capital i with a dot is an i, with or without this behind it.
    private static final int DOT_ABOVE = 0x307;

    private Texts() {}

    /** One line without control characters, of at most so many characters, never half a character. */
    static String line(String text, int longest) {
        return shorten(text.replaceAll("\\p{Cntrl}+", " ").strip(), longest).strip();
    }

    /** Lines without other control characters, of at most so many characters. */
    static String lines(String text, int longest) {
        return shorten(text.replaceAll("[\\p{Cntrl}&&[^\t\n\r]]+", " ").strip(), longest);
    }

    /**
     * What two addresses or names have in common that a database may take for the same: which letters are one in lower case
     * depends on where it runs, so this takes for one whatever any of them does.
     */
    static String folded(String text) {
        return text.codePoints()
                .filter(letter -> letter != DOT_ABOVE)
                .map(letter -> Character.toLowerCase(Character.toUpperCase(letter)))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** An amount in minor units as {@code 12.50}. */
    static String money(long minor) {
        return new Money(minor).text();
    }

    private static String shorten(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end);
    }
}
