package io.cloneplatform.auth.signin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.auth.password.CredentialStore;
import io.cloneplatform.auth.session.SessionAnswer;
import io.cloneplatform.auth.session.Sessions;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.launch.Node;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/** Opens a session for whoever knows the password; tells nobody, not even by its timing, which accounts exist. */
public final class Signin {
    private final String field;
    private final BiFunction<SqlClient, String, Future<Optional<Account>>> accounts;
    private final Node node;
    private final CredentialStore credentials;
    private final Sessions sessions;
    private final SigninLock lock = new SigninLock();

    private Signin(
            String field,
            BiFunction<SqlClient, String, Future<Optional<Account>>> accounts,
            Node node,
            CredentialStore credentials,
            Sessions sessions) {
        this.field = field;
        this.accounts = accounts;
        this.node = node;
        this.credentials = credentials;
        this.sessions = sessions;
    }

    /** Signing in as a member. */
    public static Signin members(Node node, CredentialStore credentials, Sessions sessions) {
        return new Signin("user", new AccountStore()::member, node, credentials, sessions);
    }

    /** Signing in as an admin. */
    public static Signin admins(Node node, CredentialStore credentials, Sessions sessions) {
        return new Signin("admin", new AccountStore()::admin, node, credentials, sessions);
    }

    record Body(String email, String username, String password) {
        Body {
            Objects.requireNonNull(email == null ? username : email, "email");
            Objects.requireNonNull(password, "password");
        }

        String login() {
            return email == null ? username : email;
        }
    }

    /** Finds the account whose password this is; empty when there is none. */
    public Future<Optional<Account>> prepare(Request request) {
        Body body = request.body(Body.class);
        return accounts.apply(node.pool(), body.login()).compose(account -> node.hasher()
                .matches(account.map(Account::passwordHash).orElse(null), body.password(), request.deadlineMs())
                .map(right -> right ? account : Optional.empty()));
    }

    /** {@code auth.signin}. */
    public Future<Reply> apply(SqlConnection tx, Request request, Optional<Account> verified) {
        return locked(tx, request, verified)
                .compose(locked -> locked.map(Future::succeededFuture).orElseGet(() -> judge(tx, request, verified)));
    }

    /** What to answer instead of a verdict while too many passwords were wrong; counts this one. */
    Future<Optional<Reply>> locked(SqlConnection tx, Request request, Optional<Account> verified) {
        String login = request.body(Body.class).login();
        return accounts.apply(tx, login)
                .compose(account -> lock.counted(
                        tx,
                        request,
                        field + ":" + login,
                        verified.isPresent(),
                        account.map(known -> known.subject().id().toString()).orElse(null)));
    }

    /** A session for whoever knew the password, a refusal for everybody else. */
    Future<Reply> judge(SqlConnection tx, Request request, Optional<Account> verified) {
        return verified.map(account -> confirm(tx, request, account)).orElseGet(Signin::refused);
    }

    // Read once more under the credential's lock: permissions, password or the account may just have gone.
    private Future<Reply> confirm(SqlConnection tx, Request request, Account verified) {
        return credentials
                .confirm(tx, verified.subject().id(), verified.passwordHash())
                .compose(same -> same
                        ? accounts.apply(tx, request.body(Body.class).login())
                        : Future.succeededFuture(Optional.empty()))
                .compose(account -> account.filter(now ->
                                now.subject().id().equals(verified.subject().id()))
                        .map(now -> open(tx, now))
                        .orElseGet(Signin::refused));
    }

    private Future<Reply> open(SqlConnection tx, Account account) {
        return sessions.open(tx, account.subject()).map(session -> Reply.ok(answer(account, session)));
    }

    private ObjectNode answer(Account account, SessionAnswer session) {
        return Json.object().putPOJO(field, account.answer()).putPOJO("session", session);
    }

    private static Future<Reply> refused() {
        return Future.succeededFuture(Reply.refuseKeeping(ErrorCode.INVALID_CREDENTIALS, "Invalid email or password"));
    }
}
