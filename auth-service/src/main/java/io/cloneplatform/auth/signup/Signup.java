package io.cloneplatform.auth.signup;

import io.cloneplatform.auth.Taken;
import io.cloneplatform.auth.password.PasswordPolicy;
import io.cloneplatform.auth.session.SessionAnswer;
import io.cloneplatform.auth.session.Sessions;
import io.cloneplatform.auth.token.Subject;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.FieldError;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.password.PasswordHasher;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes a member: account, credential, invitation code, place in the referral line, and a first session. */
public final class Signup {
    private static final int CODE_ATTEMPTS = 5;

    private final PasswordHasher hasher;
    private final PasswordPolicy policy;
    private final Sessions sessions;
    private final SignupStore store = new SignupStore();

    public Signup(PasswordHasher hasher, PasswordPolicy policy, Sessions sessions) {
        this.hasher = hasher;
        this.policy = policy;
        this.sessions = sessions;
    }

    /**
     * The passwords, hashed before the transaction.
     *
     * @param withdrawalHash null when no withdrawal password was given
     */
    public record Prepared(String passwordHash, String withdrawalHash) {}

    record User(
            UUID id,
            String email,
            String username,
            String name,
            String invitationCode,
            String vipTier,
            String parentUserId) {}

    record Answer(User user, SessionAnswer session) {}

    /** Hashes the passwords. */
    public Future<Prepared> prepare(Request request) {
        SignupRequest body = request.body(SignupRequest.class);
        return hasher.hash(body.password(), request.deadlineMs())
                .compose(password -> body.withdrawalPassword() == null
                        ? Future.succeededFuture(new Prepared(password, null))
                        : hasher.hash(body.withdrawalPassword(), request.deadlineMs())
                                .map(withdrawal -> new Prepared(password, withdrawal)));
    }

    /** {@code auth.signup}. */
    public Future<Reply> apply(SqlConnection tx, Request request, Prepared secrets) {
        SignupRequest body = request.body(SignupRequest.class);
        Optional<Reply> weak = policy.refusal("password", body.password())
                .or(() -> policy.refusal("withdrawalPassword", body.withdrawalPassword()));
        if (weak.isPresent()) {
            return Future.succeededFuture(weak.get());
        }
        return body.invited()
                ? store.inviter(tx, body.invitationCode())
                        .compose(parent -> parent.isEmpty()
                                ? Future.succeededFuture(unknownCode())
                                : register(tx, body, parent.get(), secrets, 0))
                : register(tx, body, null, secrets, 0);
    }

    private Future<Reply> register(SqlConnection tx, SignupRequest body, UUID parentId, Prepared secrets, int attempt) {
        boolean derived = body.username() == null;
        String username = derived ? DerivedUsername.candidate(body.email(), attempt) : body.username();
        NewMember member = NewMember.of(body, username, parentId);
        return store.insertMember(tx, member).compose(taken -> {
            if (taken.isEmpty()) {
                return complete(tx, member, secrets);
            }
            return taken.get() == Taken.USERNAME && derived && attempt < DerivedUsername.ATTEMPTS
                    ? register(tx, body, parentId, secrets, attempt + 1)
                    : Future.succeededFuture(taken.get().refusal());
        });
    }

    private Future<Reply> complete(SqlConnection tx, NewMember member, Prepared secrets) {
        return giveCode(tx, member, CODE_ATTEMPTS).compose(code -> store.insertRest(tx, member, code, secrets)
                .compose(done -> sessions.open(tx, Subject.member(member.id(), member.name())))
                .compose(session -> link(tx, member).map(Reply.ok(answer(member, code, session)))));
    }

    private Future<String> giveCode(SqlConnection tx, NewMember member, int attempts) {
        String code = InvitationCode.next();
        return store.insertCode(tx, member, code).compose(free -> {
            if (free) {
                return Future.succeededFuture(code);
            }
            return attempts > 1
                    ? giveCode(tx, member, attempts - 1)
                    : Future.failedFuture(new IllegalStateException("no free invitation code"));
        });
    }

    // Last, because it locks the parent's document, which everybody below the parent waits for.
    private Future<Void> link(SqlConnection tx, NewMember member) {
        return member.parentId() == null ? Future.succeededFuture() : store.link(tx, member);
    }

    private static Answer answer(NewMember member, String code, SessionAnswer session) {
        return new Answer(
                new User(
                        member.id(),
                        member.email(),
                        member.username(),
                        member.name(),
                        code,
                        "Normal",
                        member.parentText()),
                session);
    }

    private static Reply unknownCode() {
        return new Reply.Refused(
                ErrorCode.UNKNOWN_INVITATION_CODE,
                "This invitation code is not known",
                List.of(new FieldError("invitationCode", "is not known")),
                false);
    }
}
