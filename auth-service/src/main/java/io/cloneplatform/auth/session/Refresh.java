package io.cloneplatform.auth.session;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cloneplatform.common.audit.AuditLog;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Json;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Exchanges a refresh token for a new session answer. Each token works once; parallel uses within 10 s are one use, and a
 * later one ends the session for both who have had it (RFC 9700, section 4.14.2).
 */
public final class Refresh {
    private final Sessions sessions;
    private final SessionStore store = new SessionStore();
    private final SubjectStore subjects = new SubjectStore();
    private final AuditLog audit = new AuditLog();

    public Refresh(Sessions sessions) {
        this.sessions = sessions;
    }

    record Body(@JsonProperty("refresh_token") String refreshToken) {
        Body {
            Objects.requireNonNull(refreshToken, "refresh_token");
        }
    }

    record Answer(SessionAnswer session) {}

    /** {@code auth.refresh}. */
    public Future<Reply> apply(SqlConnection tx, Request request) {
        Optional<RefreshToken> token =
                RefreshToken.parse(request.body(Body.class).refreshToken());
        return token.isEmpty()
                ? refused()
                : store.lock(tx, token.get().sessionId())
                        .compose(locked -> locked.isEmpty()
                                ? refused()
                                : exchange(
                                        tx,
                                        request,
                                        locked.get().session(),
                                        token.get(),
                                        locked.get().now()));
    }

    private Future<Reply> exchange(
            SqlConnection tx, Request request, SessionDocument session, RefreshToken token, Instant now) {
        if (!session.alive(now)) {
            return refused();
        }
        if (session.isCurrent(token)) {
            SessionDocument rotated = session.rotated(token, now);
            return store.replace(tx, rotated).compose(done -> answer(tx, rotated, token, now));
        }
        if (session.isJustExchanged(token, now)) {
            return answer(tx, session, token, now);
        }
        return session.wasSpent(token) ? endSession(tx, request, session) : refused();
    }

    private Future<Reply> endSession(SqlConnection tx, Request request, SessionDocument session) {
        return sessions.revoke(tx, session.id())
                .compose(revoked -> audit.event(
                        tx,
                        request,
                        "refresh-token-reused",
                        session.userId().toString(),
                        Json.object().put("session", session.id().toString())))
                .compose(recorded -> refused())
                .map(refusal -> ((Reply.Refused) refusal).keeping());
    }

    private Future<Reply> answer(SqlConnection tx, SessionDocument rotated, RefreshToken used, Instant now) {
        RefreshToken next = used.successor(rotated.rotationSalt());
        return subjects.find(tx, rotated)
                .compose(subject -> subject.isEmpty()
                        ? refused()
                        : Future.succeededFuture(Reply.ok(new Answer(sessions.answer(subject.get(), next, now)))));
    }

    private static Future<Reply> refused() {
        return Future.succeededFuture(
                Reply.refuse(ErrorCode.UNAUTHENTICATED, "This refresh token is not valid; sign in again"));
    }
}
