package io.cloneplatform.auth.session;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Exchanges a refresh token for a new session answer. Each token works once; parallel uses within 10 s are one use. */
public final class Refresh {
    private final Sessions sessions;
    private final SessionStore store = new SessionStore();
    private final SubjectStore subjects = new SubjectStore();

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
                                        locked.get().session(),
                                        token.get(),
                                        locked.get().now()));
    }

    private Future<Reply> exchange(SqlConnection tx, SessionDocument session, RefreshToken token, Instant now) {
        if (!session.alive(now)) {
            return refused();
        }
        if (session.isCurrent(token)) {
            SessionDocument rotated = session.rotated(token, now);
            return store.replace(tx, rotated).compose(done -> answer(tx, rotated, token, now));
        }
        return session.isJustExchanged(token, now) ? answer(tx, session, token, now) : refused();
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
