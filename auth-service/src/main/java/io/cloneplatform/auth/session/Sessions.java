package io.cloneplatform.auth.session;

import io.cloneplatform.auth.token.Subject;
import io.cloneplatform.auth.token.TokenIssuer;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.json.Ids;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Opens, renews and revokes sessions inside the caller's transaction. */
public final class Sessions {
    private final SessionStore store;
    private final TokenIssuer issuer;
    private final EventBus bus;

    Sessions(SessionStore store, TokenIssuer issuer, EventBus bus) {
        this.store = store;
        this.issuer = issuer;
        this.bus = bus;
    }

    /** Sessions whose tokens the issuer signs and whose revocations the bus announces. */
    public static Sessions of(TokenIssuer issuer, EventBus bus) {
        return new Sessions(new SessionStore(), issuer, bus);
    }

    /** Opens a session. The caller has made sure, under a lock, that the subject may have one. */
    public Future<SessionAnswer> open(SqlConnection tx, Subject subject) {
        RefreshToken token = RefreshToken.first(Ids.next());
        Instant now = Instant.now();
        return store.insert(tx, SessionDocument.open(subject, token, now)).map(done -> answer(subject, token, now));
    }

    /** A fresh access token for a session, with the refresh token that works from now on. */
    SessionAnswer answer(Subject subject, RefreshToken token, Instant now) {
        return new SessionAnswer(
                issuer.issue(subject, token.sessionId(), now),
                "bearer",
                TokenIssuer.LIFETIME_SECONDS,
                now.getEpochSecond() + TokenIssuer.LIFETIME_SECONDS,
                token.text());
    }

    /** Revokes one session, also when its document is gone. */
    public Future<Void> revoke(SqlConnection tx, UUID sessionId) {
        return store.revoke(tx, sessionId).onSuccess(done -> announce(tx, List.of(sessionId)));
    }

    /**
     * Revokes the sessions of a member or admin but the one to keep, which may be null. The caller holds a lock on the
     * credential, so that no sign-in with what it just changed is missed.
     */
    public Future<Void> revokeAll(SqlConnection tx, UUID subjectId, String keep) {
        return store.revokeAll(tx, subjectId, keep)
                .onSuccess(revoked -> announce(tx, revoked))
                .mapEmpty();
    }

    // Only what is committed is announced.
    private void announce(SqlConnection tx, List<UUID> revoked) {
        tx.transaction()
                .completion()
                .onSuccess(done -> revoked.forEach(id -> bus.publish(Addresses.EVENT_SESSION_REVOKED, id.toString())));
    }
}
