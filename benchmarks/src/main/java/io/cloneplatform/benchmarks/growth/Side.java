package io.cloneplatform.benchmarks.growth;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.benchmarks.growth.Population.Place;
import io.cloneplatform.benchmarks.seed.Seed;
import io.cloneplatform.benchmarks.seed.Tokens;
import io.cloneplatform.common.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** One of the two platforms that are compared, and the members who call it over one connection that stays open. */
final class Side {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final String adminKey;
    private final Population population;
    private final Tokens tokens;
    private final Map<Long, String> known = new HashMap<>();
    private final Map<String, String> kept = new HashMap<>();

    Side(String url, String adminKey, Population population, Tokens tokens) {
        this.url = url;
        this.adminKey = adminKey;
        this.population = population;
        this.tokens = tokens;
    }

    /** What came back, and after how long. */
    record Timed(HttpResponse<String> response, long nanos) {}

    Timed time(Call call) throws InterruptedException {
        HttpRequest request = request(call);
        long start = System.nanoTime();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Timed(response, System.nanoTime() - start);
        } catch (IOException e) {
            throw new IllegalStateException(call.method() + " " + call.path() + " failed: " + e, e);
        }
    }

    private HttpRequest request(Call call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + call.path()))
                .timeout(LIMIT)
                .method(
                        call.method(),
                        call.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(call.body()));
        if (call.token() != null) {
            request.header("Authorization", "Bearer " + call.token());
        }
        if (call.body() != null) {
            request.header("Content-Type", "application/json");
        }
        if (!call.method().equals("GET")) {
            request.header("Idempotency-Key", UUID.randomUUID().toString());
        }
        return request.build();
    }

    /** The answer to something that has to happen before what is measured. */
    JsonNode ask(Call call) throws InterruptedException {
        HttpResponse<String> response = time(call).response();
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    call.method() + " " + call.path() + " answered " + response.statusCode() + ": " + response.body());
        }
        return Json.read(response.body());
    }

    /** Makes something that the whole run needs. */
    @FunctionalInterface
    interface Maker {
        String make() throws InterruptedException;
    }

    /** Something that is made once for the whole run. */
    String once(String name, Maker maker) throws InterruptedException {
        String made = kept.get(name);
        if (made == null) {
            made = maker.make();
            kept.put(name, made);
        }
        return made;
    }

    String admin() {
        return adminKey;
    }

    /** The number of a member; another one for each index, as long as there are others. */
    long number(Place place, int index) {
        return population.member(place, index);
    }

    /** The id of a member. */
    String id(Place place, int index) {
        return Seed.memberId(number(place, index));
    }

    /** The access token of a member, known to the gateway. */
    String member(Place place, int index) throws InterruptedException {
        return token(number(place, index));
    }

    String token(long number) throws InterruptedException {
        String token = known.get(number);
        if (token == null) {
            token = freshToken(number);
            known.put(number, token);
        }
        return token;
    }

    /** One that nothing else uses. The route that refuses everybody introduces it and touches no data. */
    String freshToken(long number) throws InterruptedException {
        String token = tokens.mint(number);
        time(Call.put("/vip-tier", token, "{}"));
        return token;
    }
}
