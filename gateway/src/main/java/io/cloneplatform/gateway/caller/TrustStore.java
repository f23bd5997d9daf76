package io.cloneplatform.gateway.caller;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.BusClient;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.bus.Trace;
import io.cloneplatform.common.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this gateway believes without asking: public keys of access tokens, sessions that were revoked, the hash of the
 * admin key. Kept by events and by asking twice a second for what is new; when auth-service is away, the last answer
 * stays.
 */
public final class TrustStore {
    private static final Logger LOG = LoggerFactory.getLogger(TrustStore.class);
    private static final long REFRESH_MS = 500;
    private static final long FIRST_RETRY_MS = 100;
    private static final long ANSWER_LIMIT_MS = 1_000;
    private static final long LONGER_THAN_TOKENS_NANOS = TimeUnit.HOURS.toNanos(2);
    private static final String ISSUER = "clone-platform";

    // A token that auth-service has just issued is not refused because its clock is ahead of ours. When a token
    // ends is judged without it.
    private static final int CLOCK_LEEWAY_SECONDS = 300;

    private final Vertx vertx;
    private final BusClient bus;
    private final Map<String, Long> revoked = new ConcurrentHashMap<>();
    private final Runnable onLoaded;
    private final BooleanSupplier stopping;
    private volatile Bundle bundle;
    private volatile Runnable onKeyEnded = () -> {};

    /**
     * One answer of auth-service.
     *
     * @param asOf when it was given, by the database's clock; null from an older auth-service
     * @param keys the keys as received, to notice a change
     * @param verifier verifies tokens with exactly these keys
     * @param adminKeyHashes SHA-256 of the admin key, and of the one before it while that is still taken
     */
    private record Bundle(String asOf, JsonNode keys, JWTAuth verifier, List<byte[]> adminKeyHashes) {}

    /** A store that says once when it can judge tokens, and asks no more when the process is about to stop. */
    public TrustStore(Vertx vertx, BusClient bus, Runnable onLoaded, BooleanSupplier stopping) {
        this.stopping = stopping;
        this.vertx = vertx;
        this.onLoaded = onLoaded;
        this.bus = bus;
    }

    /** Begins to listen and to ask; auth-service need not be there yet. */
    public void start() {
        vertx.eventBus().<String>consumer(Addresses.EVENT_SESSION_REVOKED, event -> revoke(event.body()));
        vertx.setPeriodic(REFRESH_MS, timer -> {
            if (!stopping.getAsBoolean()) {
                refresh();
            }
        });
        refreshUntilLoaded();
    }

    private void revoke(String sessionId) {
        revoked.put(sessionId, System.nanoTime());
    }

    /** Whom to tell that a key ended before its tokens did. */
    void onKeyEnded(Runnable listener) {
        onKeyEnded = listener;
    }

    private void refreshUntilLoaded() {
        refresh().onComplete(asked -> {
            if (loaded()) {
                onLoaded.run();
            } else {
                vertx.setTimer(FIRST_RETRY_MS, timer -> refreshUntilLoaded());
            }
        });
    }

    /** Whether tokens can be judged at all yet. */
    public boolean loaded() {
        return bundle != null;
    }

    /** Whether a session was revoked. */
    public boolean revoked(String sessionId) {
        return revoked.containsKey(sessionId);
    }

    /** Whether this is the hash of the admin key; takes the same time whatever it is. */
    public boolean isAdminKey(byte[] hash) {
        boolean found = false;
        for (byte[] expected : bundle == null ? List.<byte[]>of() : bundle.adminKeyHashes()) {
            found |= MessageDigest.isEqual(expected, hash);
        }
        return found;
    }

    /** What verifies tokens; only once {@link #loaded}. */
    public JWTAuth verifier() {
        return bundle.verifier();
    }

    private Future<Void> refresh() {
        Request request = new Request(
                Addresses.AUTH_TRUST,
                Caller.anonymous("gateway"),
                bundle == null || bundle.asOf() == null ? Map.of() : Map.of("since", bundle.asOf()),
                null,
                null,
                System.currentTimeMillis() + ANSWER_LIMIT_MS,
                new Trace("trust", null));
        return bus.request(request, true)
                .compose(reply -> vertx.executeBlocking(() -> accept(reply)))
                .onFailure(failure -> LOG.error("The answer of auth-service cannot be used", failure))
                .otherwiseEmpty()
                .mapEmpty();
    }

    // On a worker: reading keys, and the first signature verified, take longer than an event loop may wait.
    private Void accept(Reply reply) {
        if (reply instanceof Reply.Done done) {
            JsonNode answer = Json.read(done.body(), JsonNode.class);
            answer.get("revokedSessions").forEach(session -> revoke(session.textValue()));
            revoked.values().removeIf(since -> System.nanoTime() - since > LONGER_THAN_TOKENS_NANOS);
            JsonNode keys = answer.get("keys");
            List<byte[]> adminKeyHashes = adminKeyHashes(answer);
            Bundle current = bundle;
            JWTAuth verifier = current != null && current.keys().equals(keys) ? current.verifier() : verifier(keys);
            bundle = new Bundle(answer.path("asOf").textValue(), keys, verifier, adminKeyHashes);
            if (current != null && !ids(keys).containsAll(ids(current.keys()))) {
                onKeyEnded.run();
            }
        }
        return null;
    }

    private static Set<String> ids(JsonNode keys) {
        return StreamSupport.stream(keys.spliterator(), false)
                .map(key -> key.get("kid").textValue())
                .collect(Collectors.toSet());
    }

    // Of the key that is valid now, and of earlier ones that still are.
    private static List<byte[]> adminKeyHashes(JsonNode answer) {
        Stream<JsonNode> earlier =
                StreamSupport.stream(answer.path("previousAdminKeysSha256").spliterator(), false);
        return Stream.concat(Stream.of(answer.path("adminKeySha256")), earlier)
                .filter(JsonNode::isTextual)
                .map(hex -> HexFormat.of().parseHex(hex.textValue()))
                .toList();
    }

    private JWTAuth verifier(JsonNode keys) {
        JWTAuthOptions options = new JWTAuthOptions()
                .setJWTOptions(
                        new JWTOptions().setIssuer(ISSUER).addAudience(ISSUER).setLeeway(CLOCK_LEEWAY_SECONDS));
        for (JsonNode key : keys) {
            options.addPubSecKey(new PubSecKeyOptions()
                    .setAlgorithm("ES256")
                    .setId(key.get("kid").textValue())
                    .setBuffer(key.get("publicKey").textValue()));
        }
        JWTAuth verifier = JWTAuth.create(vertx, options);
        keys.forEach(key -> warmUp(verifier, key.get("kid").textValue()));
        return verifier;
    }

    private static void warmUp(JWTAuth verifier, String kid) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String header = "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"" + kid + "\"}";
        String forged = base64.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + ".e30."
                + base64.encodeToString(new byte[64]);
        verifier.authenticate(new TokenCredentials(forged)).otherwiseEmpty();
    }
}
