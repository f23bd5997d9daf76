package io.cloneplatform.common.csv;

import io.cloneplatform.common.json.Money;
import java.nio.charset.StandardCharsets;

/** Writes CSV as RFC 4180 has it, in UTF-8. No text in it is run as a formula by the spreadsheet that opens it. */
public final class Csv {
    private static final String FORMULA = "=+-@\t\r";
    private static final String NEEDS_QUOTES = "\",\r\n";

    private final StringBuilder out = new StringBuilder();
    private boolean lineBegun;

    /** A cell of text, empty for null; behind an apostrophe when it begins as formulas do. */
    public Csv text(String text) {
        if (text == null || text.isEmpty()) {
            return cell("");
        }
        return cell(FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text);
    }

    /** A cell with a number of two decimals, which stays a number also when it is negative. */
    public Csv money(Money amount) {
        return cell(amount.text());
    }

    private Csv cell(String value) {
        if (lineBegun) {
            out.append(',');
        }
        lineBegun = true;
        if (value.chars().anyMatch(c -> NEEDS_QUOTES.indexOf(c) >= 0)) {
            out.append('"').append(value.replace("\"", "\"\"")).append('"');
        } else {
            out.append(value);
        }
        return this;
    }

    /** Ends the line. */
    public Csv end() {
        out.append("\r\n");
        lineBegun = false;
        return this;
    }

    /** What was written. */
    public byte[] bytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
