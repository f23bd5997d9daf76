package io.cloneplatform.auth.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cloneplatform.auth.Secrets;
import io.cloneplatform.auth.token.Subject;
import io.cloneplatform.common.kv.Instants;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The document {@code session:<id>}.
 *
 * @param status {@code active} or {@code revoked}
 * @param refreshHash hash of the refresh secret that works now
 * @param previousHash hash of the secret before it, or null
 * @param rotationSalt what the current secret was derived with from the previous one, or null
 * @param rotatedAt when that was, or null
 * @param spent the beginnings of the hashes of the secrets before, the latest last, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SessionDocument(
        UUID id,
        UUID userId,
        String kind,
        String status,
        String refreshHash,
        String previousHash,
        String rotationSalt,
        String rotatedAt,
        String createdAt,
        String expiresAt,
        List<String> spent) {

    private static final Duration LIFETIME = Duration.ofDays(30);
    private static final Duration PARALLEL_USE = Duration.ofSeconds(10);

    // Two days of a client that refreshes every hour. Older ones are refused, too; nobody is told that they come.
    private static final int MOST_SPENT = 48;
    private static final int BEGINNING = 16;

    static SessionDocument open(Subject subject, RefreshToken token, Instant now) {
        return new SessionDocument(
                token.sessionId(),
                subject.id(),
                subject.kind(),
                "active",
                token.hash(),
                null,
                null,
                null,
                Instants.iso(now),
                Instants.iso(now.plus(LIFETIME)),
                null);
    }

    boolean alive(Instant now) {
        return status.equals("active") && now.isBefore(Instant.parse(expiresAt));
    }

    boolean isCurrent(RefreshToken token) {
        return same(refreshHash, token.hash());
    }

    /** Whether the token was exchanged so recently that using it again counts as the same use. */
    boolean isJustExchanged(RefreshToken token, Instant now) {
        return previousHash != null
                && same(previousHash, token.hash())
                && now.isBefore(Instant.parse(rotatedAt).plus(PARALLEL_USE));
    }

    /** Whether the token was exchanged before: whoever uses it now has stolen it, or was stolen from. */
    boolean wasSpent(RefreshToken token) {
        String hash = token.hash();
        return (previousHash != null && same(previousHash, hash))
                || (spent != null && spent.contains(hash.substring(0, BEGINNING)));
    }

    /** The document after the current token was exchanged; the session lives another 30 days from now. */
    SessionDocument rotated(RefreshToken current, Instant now) {
        String salt = Secrets.random();
        return new SessionDocument(
                id,
                userId,
                kind,
                status,
                current.successor(salt).hash(),
                refreshHash,
                salt,
                Instants.iso(now),
                createdAt,
                Instants.iso(now.plus(LIFETIME)),
                spentWithPrevious());
    }

    private List<String> spentWithPrevious() {
        if (previousHash == null) {
            return null;
        }
        List<String> all = new ArrayList<>(spent == null ? List.of() : spent);
        all.add(previousHash.substring(0, BEGINNING));
        return List.copyOf(all.subList(Math.max(0, all.size() - MOST_SPENT), all.size()));
    }

    private static boolean same(String hash, String other) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }
}
