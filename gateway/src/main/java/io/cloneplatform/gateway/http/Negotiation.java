package io.cloneplatform.gateway.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** Chooses among the media types in which an operation answers (RFC 9110, section 12.5.1). */
final class Negotiation {
    private static final String ANY = "*";

    private Negotiation() {}

    /**
     * The type that the request's {@code Accept} prefers. The first one when it has no wish, or none that can be granted:
     * an answer in another form serves better than a refusal.
     */
    static String mediaType(RoutingContext context, List<String> produced) {
        context.response().headers().add(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        return mediaType(context.parsedHeaders().accept(), produced);
    }

    // Vert.x sorts by weight, and of equal weights the more specific ranges come first.
    private static String mediaType(List<MIMEHeader> ranges, List<String> produced) {
        return ranges.stream()
                .filter(range -> range.weight() > 0)
                .flatMap(range -> first(range, ranges, produced).stream())
                .findFirst()
                .orElse(produced.get(0));
    }

    private static Optional<String> first(MIMEHeader range, List<MIMEHeader> ranges, List<String> produced) {
        return produced.stream()
                .filter(type -> covers(range, type))
                .filter(type -> ranges.stream().noneMatch(other -> excludes(other, type)))
                .findFirst();
    }

    private static boolean covers(MIMEHeader range, String type) {
        String[] parts = type.split("/", 2);
        return covers(range.component(), parts[0]) && covers(range.subComponent(), parts[1]);
    }

    private static boolean covers(String pattern, String part) {
        return pattern.equals(ANY) || pattern.strip().equalsIgnoreCase(part);
    }

    // q=0 on a type by its name takes it out of wider ranges.
    private static boolean excludes(MIMEHeader range, String type) {
        return range.weight() <= 0 && range.value().strip().equalsIgnoreCase(type);
    }
}
