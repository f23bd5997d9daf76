package io.cloneplatform.auth.accounts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.auth.Taken;
import io.cloneplatform.auth.password.CredentialStore;
import io.cloneplatform.auth.session.Sessions;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Changes an admin's account. Their sessions end, because tokens carry the permissions they were issued with. */
public final class UpdateAccount {
    private final CredentialStore credentials;
    private final Sessions sessions;
    private final AdminStore store = new AdminStore();

    public UpdateAccount(CredentialStore credentials, Sessions sessions) {
        this.credentials = credentials;
        this.sessions = sessions;
    }

    record Body(String name, String email, List<String> permissions) {
        Body {
            permissions = permissions == null ? null : List.copyOf(permissions);
        }

        ObjectNode fields() {
            ObjectNode fields = Json.object();
            if (name != null) {
                fields.put("name", name.strip());
            }
            if (email != null) {
                fields.put("email", email);
            }
            if (permissions != null) {
                fields.putPOJO("permissions", permissions);
            }
            return fields;
        }
    }

    /** {@code auth.accounts.update}. */
    public Future<Reply> apply(SqlConnection tx, Request request) {
        Body body = request.body(Body.class);
        Optional<Reply> refusal = Optional.ofNullable(body.permissions()).flatMap(Permissions::refusal);
        if (refusal.isPresent()) {
            return Future.succeededFuture(refusal.get());
        }
        return Ids.parse(request.param("id"))
                .map(id -> update(tx, new Reach(request.caller()), id, body))
                .orElseGet(() -> Future.succeededFuture(AccountAnswer.notFound()));
    }

    private Future<Reply> update(SqlConnection tx, Reach reach, UUID id, Body body) {
        return store.lockNames(tx)
                .compose(locked -> credentials.lock(tx, id))
                .compose(locked -> store.find(tx, id))
                .compose(account -> account.map(known -> reach.change(known, body.permissions())
                                .map(Future::succeededFuture)
                                .orElseGet(() -> update(tx, id, body)))
                        .orElseGet(() -> Future.succeededFuture(AccountAnswer.notFound())));
    }

    private Future<Reply> update(SqlConnection tx, UUID id, Body body) {
        return store.update(tx, id, body.fields()).compose(account -> updateEmail(tx, id, body.email())
                .compose(free -> free
                        ? sessions.revokeAll(tx, id, null).map(done -> AccountAnswer.of(account.orElseThrow()))
                        : Future.succeededFuture(Taken.EMAIL.refusal())));
    }

    private Future<Boolean> updateEmail(SqlConnection tx, UUID id, String email) {
        return email == null ? Future.succeededFuture(true) : store.updateEmail(tx, id, email);
    }
}
