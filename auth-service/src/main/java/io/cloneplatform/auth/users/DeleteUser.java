package io.cloneplatform.auth.users;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.UUID;

/** Removes a member on the word of an admin. */
public final class DeleteUser {
    private final Removal removal;

    public DeleteUser(Removal removal) {
        this.removal = removal;
    }

    record Answer(String message) {}

    /** {@code auth.users.delete}. */
    public Future<Reply> apply(SqlConnection tx, Request request) {
        return Ids.parse(request.param("id"))
                .map(id -> remove(tx, id))
                .orElseGet(() -> Future.succeededFuture(Reply.notFound("User")));
    }

    private Future<Reply> remove(SqlConnection tx, UUID id) {
        return removal.apply(tx, id).map(outcome -> {
            if (!outcome.known()) {
                return Reply.notFound("User");
            }
            return outcome.reasons().isEmpty()
                    ? Reply.ok(new Answer("User removed."))
                    : Reply.refuse(
                            ErrorCode.MONEY_HELD_OR_OWED,
                            "The user cannot be removed: the account " + String.join(", and ", outcome.reasons()));
        });
    }
}
