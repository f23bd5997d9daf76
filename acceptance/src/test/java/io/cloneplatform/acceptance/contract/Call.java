package io.cloneplatform.acceptance.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.acceptance.SecretScan;
import io.cloneplatform.common.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One HTTP call in the making. */
public final class Call {
    private static final Duration HANG = Duration.ofSeconds(15);

    private final HttpClient http;
    private final String method;
    private final URI address;
    private final HttpRequest.Builder request;
    private BodyPublisher body = BodyPublishers.noBody();

    Call(HttpClient http, String method, URI address) {
        this.http = http;
        this.method = method;
        this.address = address;
        this.request = HttpRequest.newBuilder(address).timeout(HANG);
    }

    /** Sends a bearer token; none when it is null. */
    public Call bearer(String token) {
        return token == null ? this : header("Authorization", "Bearer " + token);
    }

    /** Asks to go on with HTTP/2. */
    public Call http2() {
        request.version(HttpClient.Version.HTTP_2);
        return this;
    }

    /** Sends a header. */
    public Call header(String name, String value) {
        request.header(name, value);
        return this;
    }

    /** Sends a JSON body; none when it is null. */
    public Call json(JsonNode json) {
        return json == null ? this : text(Json.text(json));
    }

    /** Sends a JSON body written with single quotes. */
    public Call json(String singleQuoted) {
        return text(singleQuoted.replace('\'', '"'));
    }

    /** Sends exactly this text as a JSON body. */
    public Call text(String text) {
        return bytes("application/json", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends exactly these bytes; no content type when it is null. */
    public Call bytes(String contentType, byte[] bytes) {
        body = BodyPublishers.ofByteArray(bytes);
        return contentType == null ? this : header("Content-Type", contentType);
    }

    /** Sends these bytes in chunks, without saying how many there are. */
    public Call chunked(String contentType, byte[] bytes) {
        body = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
        return header("Content-Type", contentType);
    }

    /** Sends it and waits for the answer. */
    public Answer send() {
        long begin = System.nanoTime();
        try {
            HttpResponse<String> response =
                    http.send(request.method(method, body).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            SecretScan.answer(address.getRawPath(), response.headers().map(), response.body());
            return new Answer(
                    method,
                    address.getRawPath(),
                    response.statusCode(),
                    response.headers().map(),
                    response.body(),
                    (System.nanoTime() - begin) / 1_000_000);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + address + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends it and insists on a 200. */
    public JsonNode ok() {
        return send().ok();
    }
}
