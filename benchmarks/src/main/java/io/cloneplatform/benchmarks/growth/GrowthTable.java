package io.cloneplatform.benchmarks.growth;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.benchmarks.growth.Growth.Results;
import java.util.List;
import java.util.Locale;

/** A comparison for people, as a table of Markdown. */
final class GrowthTable {
    private GrowthTable() {}

    static String of(List<Compared> routes) {
        StringBuilder text = new StringBuilder("\n");
        line(text, "| Milliseconds | few p50 | few p95 | many p50 | many p95 | ratio of p95 | |");
        line(text, "|---|---|---|---|---|---|---|");
        routes.forEach(route -> line(
                text,
                "| %s | %.1f | %.1f | %.1f | %.1f | %.2f | %s |",
                route.name(),
                route.small().p50Ms(),
                route.small().p95Ms(),
                route.large().p50Ms(),
                route.large().p95Ms(),
                route.ratio(),
                verdict(route)));
        line(text, "");
        line(
                text,
                "%d of %d within %.1f x.",
                routes.stream().filter(Compared::met).count(),
                routes.size(),
                Compared.LIMIT);
        return text.toString();
    }

    private static String verdict(Compared route) {
        if (!route.wentWell()) {
            return "ERRORS " + route.problem();
        }
        return route.met() ? "met" : "missed";
    }

    static String books(Results results) {
        StringBuilder text = new StringBuilder();
        books(text, results.few());
        books(text, results.many());
        return text.toString();
    }

    private static void books(StringBuilder text, JsonNode books) {
        line(
                text,
                "The books %s: %,d transfers, %,d accounts, verified in %,d ms.",
                books.path("balanced").asBoolean() ? "balance" : "DO NOT BALANCE (" + books.path("problems") + ")",
                books.path("checkedTransfers").asLong(),
                books.path("checkedAccounts").asLong(),
                books.path("tookMs").asLong());
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
