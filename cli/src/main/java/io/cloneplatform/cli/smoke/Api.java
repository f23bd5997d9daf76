package io.cloneplatform.cli.smoke;

import io.cloneplatform.cli.remote.Unanswered;
import io.cloneplatform.common.json.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** The deployment under test. Every call is bounded in time, and every change carries an idempotency key. */
final class Api {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private final String base;
    private final String adminKey;
    private final Duration limit;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();

    Api(URI base, String adminKey, Duration limit) {
        this.base = base.toString().replaceAll("/+$", "");
        this.adminKey = adminKey;
        this.limit = limit;
    }

    Answer get(String path, String token) {
        return send("GET", path, token, null, null);
    }

    Answer post(String path, String token, Object body) {
        return send("POST", path, token, body, newKey());
    }

    Answer asAdmin(String method, String path, Object body) {
        return send(method, path, adminKey, body, method.equals("GET") ? null : newKey());
    }

    static String newKey() {
        return "smoke-" + UUID.randomUUID();
    }

    /**
     * Any call; token, body and idempotency key may be null.
     *
     * @throws CheckFailed when there is no answer in time
     */
    Answer send(String method, String path, String token, Object body, String idempotencyKey) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(limit)
                .header("Accept", "application/json, application/problem+json")
                .method(method, publisher(body));
        headers(token, body, idempotencyKey).forEach(request::header);
        String call = method + " " + path;
        try {
            return Answer.of(call, client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (HttpTimeoutException e) {
            throw CheckFailed.expected(call, "an answer", "none within " + limit.toSeconds() + " s");
        } catch (ConnectException e) {
            throw new Unreachable(base, Unanswered.reason(e));
        } catch (IOException e) {
            throw CheckFailed.expected(call, "an answer", Unanswered.reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CheckFailed.expected(call, "an answer", "an interruption");
        }
    }

    private static HttpRequest.BodyPublisher publisher(Object body) {
        return body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body));
    }

    private static Map<String, String> headers(String token, Object body, String idempotencyKey) {
        Map<String, String> headers = new java.util.TreeMap<>();
        if (token != null) {
            headers.put("Authorization", "Bearer " + token);
        }
        if (body != null) {
            headers.put("Content-Type", "application/json");
        }
        if (idempotencyKey != null) {
            headers.put("Idempotency-Key", idempotencyKey);
        }
        return headers;
    }

    /** Nobody listens at the address. */
    static final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreachable(String base, String reason) {
            super(
                    "Cannot reach " + base + ": " + reason + ". Is it running, and is the URL right?",
                    null,
                    false,
                    false);
        }
    }
}
