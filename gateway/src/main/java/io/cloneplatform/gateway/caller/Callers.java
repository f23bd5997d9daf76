package io.cloneplatform.gateway.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.gateway.document.ApiOperation;
import io.cloneplatform.gateway.document.ApiOperation.Access;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Establishes who is calling. A token's signature is verified once per gateway; the verdict is kept under the token's
 * hash until it expires, and a revoked session is refused whatever was kept.
 */
public final class Callers {
    private static final int MAX_TOKEN_LENGTH = 8_192;
    private static final String SCHEME = "bearer ";
    private static final String SELF = "self";

    // Exactly three parts, the last as long as an ES256 signature: a lenient decoder would drop what stands behind it.
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{86}");

    private final TrustStore trust;
    private final Cache<ByteBuffer, Verdict> verdicts;

    /**
     * A verified token.
     *
     * @param expiresAt epoch seconds
     */
    private record Verdict(
            Caller.Kind kind, String id, String name, String session, Set<String> permissions, long expiresAt) {
        // What concerns their own account alone, every admin may do who is a person: the admin key is none.
        boolean may(String needed) {
            return kind == Caller.Kind.ADMIN
                    && (needed.equals(SELF)
                            ? session != null
                            : permissions.contains(needed) || permissions.contains("*"));
        }

        Caller from(String ip) {
            return new Caller(kind, id, name, session, permissions, ip);
        }
    }

    /**
     * Either the caller or why there is none.
     *
     * @param caller also when an admin is refused, who is known
     */
    public record Outcome(Caller caller, Reply.Refused refusal) {
        private static Outcome refuse(ErrorCode code, String message) {
            return new Outcome(null, (Reply.Refused) Reply.refuse(code, message));
        }
    }

    public Callers(TrustStore trust) {
        this.trust = trust;
        this.verdicts = Caffeine.newBuilder()
                .maximumSize(50_000)
                .expireAfterWrite(Duration.ofHours(1))
                .build();
        trust.onKeyEnded(verdicts::invalidateAll);
    }

    /** The caller of an operation, from the {@code Authorization} header; public operations never look at it. */
    public Future<Outcome> identify(ApiOperation operation, String authorization, String ip) {
        if (operation.access() == Access.PUBLIC) {
            return Future.succeededFuture(new Outcome(Caller.anonymous(ip), null));
        }
        if (!trust.loaded()) {
            return Future.succeededFuture(
                    Outcome.refuse(ErrorCode.UNAVAILABLE, "Tokens cannot be checked right now; try again in a moment"));
        }
        return bearer(authorization)
                .map(token -> judge(token).map(verdict -> admit(operation, verdict, ip)))
                .orElseGet(() -> Future.succeededFuture(unauthenticated("A bearer token is required")));
    }

    /** Whether a token was looked at before and found sound, which costs next to nothing to say again. */
    public boolean knows(String authorization) {
        return bearer(authorization)
                .filter(token -> verdicts.getIfPresent(ByteBuffer.wrap(sha256(token))) != null)
                .isPresent();
    }

    private static Optional<String> bearer(String authorization) {
        return authorization != null
                        && authorization.length() > SCHEME.length()
                        && authorization.length() <= MAX_TOKEN_LENGTH
                        && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(authorization.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    private Future<Optional<Verdict>> judge(String token) {
        byte[] hash = sha256(token);
        ByteBuffer key = ByteBuffer.wrap(hash);
        Verdict known = verdicts.getIfPresent(key);
        if (known != null) {
            return Future.succeededFuture(Optional.of(known));
        }
        if (trust.isAdminKey(hash)) {
            return Future.succeededFuture(Optional.of(adminKey()));
        }
        if (!TOKEN.matcher(token).matches() || !TokenForm.isSound(token)) {
            return Future.succeededFuture(Optional.empty());
        }
        return trust.verifier()
                .authenticate(new TokenCredentials(token))
                .map(Callers::verdict)
                .onSuccess(verdict -> verdict.ifPresent(sound -> verdicts.put(key, sound)))
                .otherwise(Optional.empty());
    }

    private Outcome admit(ApiOperation operation, Optional<Verdict> judged, String ip) {
        long now = System.currentTimeMillis() / 1_000;
        Verdict verdict = judged.orElse(null);
        if (verdict == null
                || verdict.expiresAt() <= now
                || (verdict.session() != null && trust.revoked(verdict.session()))) {
            return unauthenticated("The token is not valid or has expired");
        }
        if (operation.access() == Access.MEMBER) {
            return verdict.kind() == Caller.Kind.MEMBER
                    ? new Outcome(verdict.from(ip), null)
                    : Outcome.refuse(ErrorCode.FORBIDDEN, "Only members can do this");
        }
        return operation.permission().map(verdict::may).orElse(false)
                ? new Outcome(verdict.from(ip), null)
                : new Outcome(verdict.from(ip), forbidden(operation));
    }

    private static Reply.Refused forbidden(ApiOperation operation) {
        String needed = operation
                .permission()
                .map(permission -> permission.equals(SELF) ? "a person who signed in" : "the permission " + permission)
                .orElse("the permission of an admin");
        return (Reply.Refused) Reply.refuse(ErrorCode.FORBIDDEN, "This needs " + needed);
    }

    private static Outcome unauthenticated(String message) {
        return Outcome.refuse(ErrorCode.UNAUTHENTICATED, message);
    }

    private static Verdict adminKey() {
        return new Verdict(Caller.Kind.ADMIN, Caller.ADMIN_KEY_ID, "admin key", null, Set.of("*"), Long.MAX_VALUE);
    }

    private static Optional<Verdict> verdict(User user) {
        JsonObject claims = user.attributes().getJsonObject("accessToken");
        Long expiresAt = claims.getLong("exp");
        String kind = claims.getString("kind");
        String session = claims.getString("sid");
        if (expiresAt == null || session == null || !("member".equals(kind) || "admin".equals(kind))) {
            return Optional.empty();
        }
        return Optional.of(new Verdict(
                kind.equals("admin") ? Caller.Kind.ADMIN : Caller.Kind.MEMBER,
                claims.getString("sub"),
                claims.getString("name"),
                session,
                claims.getJsonArray("permissions", new JsonArray()).stream()
                        .map(String::valueOf)
                        .collect(Collectors.toUnmodifiableSet()),
                expiresAt));
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
