package io.cloneplatform.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows under headings, each column as wide as its widest cell. A heading that ends in {@code >} aligns to the
 * right.
 */
public final class Table {
    private static final int MAX_COLUMNS = 60;
    private static final String GAP = "  ";

    private final String[] headings;
    private final boolean[] right;
    private final List<String[]> rows = new ArrayList<>();

    public Table(String... headings) {
        this.headings = new String[headings.length];
        this.right = new boolean[headings.length];
        for (int i = 0; i < headings.length; i++) {
            right[i] = headings[i].endsWith(">");
            this.headings[i] = right[i] ? headings[i].substring(0, headings[i].length() - 1) : headings[i];
        }
    }

    /** Adds a row; what others wrote in it is made harmless. */
    public Table row(String... cells) {
        rows.add(Arrays.stream(cells).map(Table::cell).toArray(String[]::new));
        return this;
    }

    private static String cell(String text) {
        String plain = Plain.text(text == null ? "" : text);
        int columns = Plain.columns(plain);
        int end = plain.length();
        while (columns > MAX_COLUMNS) {
            end = plain.offsetByCodePoints(end, -1);
            columns = Plain.columns(plain.substring(0, end)) + 1;
        }
        return end == plain.length() ? plain : plain.substring(0, end) + "…";
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The lines, headings first. */
    List<String> lines() {
        int[] widths = new int[headings.length];
        List<String[]> all = new ArrayList<>(rows);
        all.add(0, headings);
        for (String[] row : all) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], Plain.columns(row[i]));
            }
        }
        return all.stream().map(row -> line(row, widths)).toList();
    }

    private String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            String fill = " ".repeat(widths[i] - Plain.columns(row[i]));
            line.append(i == 0 ? "" : GAP).append(right[i] ? fill + row[i] : row[i] + fill);
        }
        return line.toString().stripTrailing();
    }
}
