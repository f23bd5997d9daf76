package io.cloneplatform.benchmarks.report;

import io.cloneplatform.benchmarks.report.Results.StepResult;
import java.util.List;
import java.util.Locale;

/** The rates as bars: one file that every browser shows. The library for it would need fonts that servers lack. */
final class Chart {
    private static final int ROW = 28;
    private static final int NAMES = 400;
    private static final int LONGEST = 420;
    private static final int WIDTH = NAMES + LONGEST + 120;

    private Chart() {}

    static String of(List<StepResult> steps) {
        double most = steps.stream()
                .mapToDouble(step -> step.median().perSecond())
                .max()
                .orElse(1);
        StringBuilder svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"13\">",
                WIDTH,
                (steps.size() + 2) * ROW);
        add(svg, "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
        add(svg, "<text x=\"10\" y=\"%d\" font-weight=\"bold\">Per second, median of the rounds</text>", ROW - 8);
        for (int i = 0; i < steps.size(); i++) {
            bar(svg, steps.get(i), (i + 1) * ROW, most);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void bar(StringBuilder svg, StepResult step, int top, double most) {
        double rate = step.median().perSecond();
        long length = Math.max(1, Math.round(rate / most * LONGEST));
        String color = step.name().startsWith("pgbench") ? "#9aa5b1" : "#2f6fb0";
        add(svg, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", NAMES - 10, top + 18, escaped(step.name()));
        add(
                svg,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>",
                NAMES,
                top + 4,
                length,
                ROW - 8,
                color);
        add(svg, "<text x=\"%d\" y=\"%d\">%,.0f</text>", NAMES + length + 6, top + 18, rate);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
