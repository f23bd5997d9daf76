package io.cloneplatform.cli.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * The platform's API as an admin calls it. Every call ends in time; what is not a success is a {@link Failure}.
 */
public final class AdminApi {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private final String base;
    private final String key;
    private final Duration limit;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();

    /**
     * An API at an address.
     *
     * @param limit how long a call may take
     */
    public AdminApi(URI base, String key, Duration limit) {
        this.base = base.toString().replaceAll("/+$", "");
        this.key = key;
        this.limit = limit;
    }

    /** Where it is, without a slash at the end. */
    public String base() {
        return base;
    }

    /** Reads. */
    public JsonNode get(String path) {
        return answer(send(request("GET", path, null, null), null));
    }

    /** Changes something, once for each idempotency key, however often it is sent. */
    public JsonNode change(String method, String path, Object body, String idempotencyKey) {
        return answer(send(request(method, path, body, idempotencyKey), idempotencyKey));
    }

    private HttpRequest request(String method, String path, Object body, String idempotencyKey) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + key)
                .header("Accept", "application/json, application/problem+json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(Json.bytes(body)));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return request.build();
    }

    private HttpResponse<String> send(HttpRequest request, String idempotencyKey) {
        try {
            HttpResponse<String> response = Timed.send(client, request, limit);
            if (idempotencyKey != null && response.statusCode() == 504) {
                throw unknown(idempotencyKey, "the platform did not finish in time");
            }
            return response;
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw Failure.unreachable("Cannot reach " + base + ": " + Unanswered.reason(e)
                    + ". Is it running, and is --url right? clonectl doctor api says more.");
        } catch (IOException e) {
            throw idempotencyKey == null
                    ? Failure.unreachable("No answer from " + base + ": " + Unanswered.reason(e) + ".")
                    : unknown(idempotencyKey, Unanswered.reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of("INTERRUPTED", "Interrupted.");
        }
    }

    private Failure unknown(String idempotencyKey, String reason) {
        return Failure.unknown(
                "It is unknown whether this was done (" + reason
                        + "). Run the same command again with --idempotency-key " + idempotencyKey
                        + ": it is done once however often it is sent.",
                idempotencyKey);
    }

    private JsonNode answer(HttpResponse<String> response) {
        JsonNode body = parsed(response.body());
        if (body instanceof ObjectNode object && response.statusCode() == 200) {
            return object;
        }
        int status = response.statusCode();
        if (body instanceof ObjectNode problem && problem.path("code").isTextual()) {
            throw Failure.refused(sentence(status, problem), problem);
        }
        throw Failure.of("NOT_THE_PLATFORM", base + " answered " + status + ", but not as the platform does.");
    }

    private static JsonNode parsed(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static String sentence(int status, ObjectNode problem) {
        StringBuilder sentence = new StringBuilder(problem.path("error").asText());
        for (JsonNode field : problem.path("errors")) {
            sentence.append("; ")
                    .append(field.path("field").asText())
                    .append(": ")
                    .append(field.path("message").asText());
        }
        String hint =
                switch (status) {
                    case 401 -> " Is the admin key right? It comes from ADMIN_KEY, ADMIN_KEY_FILE or --admin-key-file.";
                    case 429 -> " Wait a minute, then try again.";
                    case 503 -> " clonectl doctor api says which part is away.";
                    default -> "";
                };
        return sentence + (sentence.toString().endsWith(".") ? "" : ".") + hint + " (" + status + " "
                + problem.path("code").asText() + ")";
    }
}
