package io.cloneplatform.cli.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.cloneplatform.common.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Looks at a server from outside: any answer is one, and no answer is an {@link IOException} that says why. */
public final class Probe {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();

    /**
     * What came back.
     *
     * @param took from asking to the end of the answer
     * @param asked halfway between the question and the answer, by our clock
     */
    public record Seen(int status, String body, Optional<Instant> date, Instant asked, Duration took) {
        /** The body as JSON; missing when it is none. */
        public JsonNode json() {
            try {
                return Json.MAPPER.readTree(body);
            } catch (JsonProcessingException e) {
                return MissingNode.getInstance();
            }
        }

        /** How far the server's clock is ahead of ours, when it says the time; it says whole seconds. */
        public Optional<Duration> ahead() {
            return date.map(time -> Duration.between(asked, time.plusMillis(500)));
        }
    }

    /** Asks for a resource, as whoever has the token; null for nobody. */
    public Seen get(URI base, String path, String token) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base.toString().replaceAll("/+$", "") + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        long start = System.nanoTime();
        Instant before = Instant.now();
        try {
            HttpResponse<String> response = Timed.send(client, request.build(), LIMIT);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return new Seen(
                    response.statusCode(), response.body(), date(response), before.plus(took.dividedBy(2)), took);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Optional<Instant> date(HttpResponse<?> response) {
        try {
            return response.headers().firstValue("date").map(text -> ZonedDateTime.parse(
                            text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
