package io.cloneplatform.auth.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.auth.Gender;
import io.cloneplatform.auth.Taken;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Json;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.UUID;

/** Changes what the caller gives of their name, gender and e-mail address. */
public final class UpdateProfile {
    private final ProfileStore store = new ProfileStore();

    record Body(String name, Gender gender, String email) {
        Body {
            name = name == null ? null : name.strip();
        }

        ObjectNode fields() {
            ObjectNode fields = Json.object();
            if (name != null) {
                fields.put("name", name);
            }
            if (gender != null) {
                fields.putPOJO("gender", gender);
            }
            if (email != null) {
                fields.put("email", email);
            }
            return fields;
        }
    }

    /** {@code auth.profile.update}. */
    public Future<Reply> apply(SqlConnection tx, Request request) {
        Body body = request.body(Body.class);
        UUID id = UUID.fromString(request.caller().id());
        Future<Void> addressLocked =
                body.email() == null ? Future.succeededFuture() : store.lockEmail(tx, body.email());
        return addressLocked
                .compose(locked -> store.updateMember(tx, id, body.name(), body.email()))
                .compose(updated -> {
                    if (updated) {
                        return show(tx, id, body);
                    }
                    return Future.succeededFuture(body.email() == null ? ProfileAnswer.gone() : Taken.EMAIL.refusal());
                });
    }

    private Future<Reply> show(SqlConnection tx, UUID id, Body body) {
        return store.updateDocument(tx, id, body.fields())
                .compose(document -> store.updateReferral(tx, id).map(ProfileAnswer.of(document)));
    }
}
