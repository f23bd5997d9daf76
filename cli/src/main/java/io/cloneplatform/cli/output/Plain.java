package io.cloneplatform.cli.output;

/**
 * Text that others wrote, as a terminal may show it: nothing in it moves the cursor, hides or turns around what
 * follows.
 */
public final class Plain {
    private static final int MAX_CODE_POINTS = 2_000;

    private Plain() {}

    /**
     * The text in one line, with everything that is not seen written as {@code \}{@code u001B}; at most 2,000
     * characters.
     */
    public static String text(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().limit(MAX_CODE_POINTS).forEach(c -> append(plain, c));
        return text.codePointCount(0, text.length()) > MAX_CODE_POINTS ? plain + "…" : plain.toString();
    }

    private static void append(StringBuilder plain, int c) {
        if (isSeen(c)) {
            plain.appendCodePoint(c);
        } else if (c <= Character.MAX_VALUE) {
            plain.append(String.format("\\u%04X", c));
        } else {
            plain.append(String.format("\\U%06X", c));
        }
    }

    private static boolean isSeen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** How many columns of a terminal the text takes. */
    static int columns(String text) {
        return text.codePoints().map(Plain::columns).sum();
    }

    private static int columns(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide = (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0x1F300 && c <= 0x1FAFF)
                || (c >= 0x20000 && c <= 0x3FFFD);
        return wide ? 2 : 1;
    }
}
