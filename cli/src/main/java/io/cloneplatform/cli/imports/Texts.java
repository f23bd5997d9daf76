package io.cloneplatform.cli.imports;

import io.cloneplatform.common.json.Money;

/** Texts as this platform stores them. */
final class Texts {
    private Texts() {}

    /** One line without control characters, of at most so many characters, never half a character. */
    static String line(String text, int longest) {
        return shorten(text.replaceAll("\\p{Cntrl}+", " ").strip(), longest).strip();
    }

    /** Lines without other control characters, of at most so many characters. */
    static String lines(String text, int longest) {
        return shorten(text.replaceAll("[\\p{Cntrl}&&[^\t\n\r]]+", " ").strip(), longest);
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
