package io.cloneplatform.auth.accounts;

import io.cloneplatform.auth.AdminAccount;
import io.cloneplatform.auth.password.CredentialStore;
import io.cloneplatform.auth.password.PasswordPolicy;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.kv.Instants;
import io.cloneplatform.common.password.PasswordHasher;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Makes an admin's account with its permissions. */
public final class CreateAccount {
    private final PasswordHasher hasher;
    private final PasswordPolicy policy;
    private final CredentialStore credentials;
    private final AdminStore store = new AdminStore();

    public CreateAccount(PasswordHasher hasher, PasswordPolicy policy, CredentialStore credentials) {
        this.hasher = hasher;
        this.policy = policy;
        this.credentials = credentials;
    }

    record Body(String username, String password, String email, String name, List<String> permissions) {
        Body {
            Objects.requireNonNull(username, "username");
            Objects.requireNonNull(password, "password");
            permissions = List.copyOf(permissions);
        }
    }

    /** Hashes the password. */
    public Future<String> prepare(Request request) {
        return hasher.hash(request.body(Body.class).password(), request.deadlineMs());
    }

    /** {@code auth.accounts.create}. */
    public Future<Reply> apply(SqlConnection tx, Request request, String passwordHash) {
        Body body = request.body(Body.class);
        Optional<Reply> refusal = policy.refusal("password", body.password())
                .or(() -> Permissions.refusal(body.permissions()))
                .or(() -> new Reach(request.caller()).grant(body.permissions()));
        return refusal.map(Future::succeededFuture).orElseGet(() -> create(tx, account(body), passwordHash));
    }

    private Future<Reply> create(SqlConnection tx, AdminAccount account, String passwordHash) {
        return store.lockNames(tx)
                .compose(locked -> store.insert(tx, account))
                .compose(taken -> taken.isPresent()
                        ? Future.succeededFuture(taken.get().refusal())
                        : credentials.insert(tx, account.id(), passwordHash).map(done -> AccountAnswer.of(account)));
    }

    private static AdminAccount account(Body body) {
        return new AdminAccount(
                Ids.next(),
                body.username(),
                body.email(),
                body.name() == null ? null : body.name().strip(),
                body.permissions(),
                false,
                "active",
                Instants.iso(Instant.now()),
                false,
                false);
    }
}
