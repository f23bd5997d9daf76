package io.cloneplatform.earnings.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads CSV to the letter of RFC 4180: what is not of its grammar is an error. */
final class CsvReader {
    private static final Pattern CELL = Pattern.compile("(?:\"((?:[^\"]|\"\")*)\"|([^\",\r\n]*))(,|\r\n)");

    private CsvReader() {}

    /** The rows of cells in a text. */
    static List<List<String>> read(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        Matcher cell = CELL.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!cell.find(end) || cell.start() != end) {
                throw new AssertionError("not CSV from character " + end + " on: " + text);
            }
            row.add(cell.group(1) == null ? cell.group(2) : cell.group(1).replace("\"\"", "\""));
            end = cell.end();
            if (!cell.group(3).equals(",")) {
                rows.add(row);
                row = new ArrayList<>();
            }
        }
        return rows;
    }
}
