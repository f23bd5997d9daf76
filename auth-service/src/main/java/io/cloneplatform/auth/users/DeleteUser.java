package io.cloneplatform.auth.users;

import io.cloneplatform.auth.password.CredentialStore;
import io.cloneplatform.auth.session.Sessions;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.UUID;

/** Makes a member anonymous and ends their sessions; refused while anything is held for them or owed to them. */
public final class DeleteUser {
    private final CredentialStore credentials;
    private final Sessions sessions;
    private final DeletionStore store = new DeletionStore();

    public DeleteUser(CredentialStore credentials, Sessions sessions) {
        this.credentials = credentials;
        this.sessions = sessions;
    }

    record Answer(String message) {}

    /** {@code auth.users.delete}. */
    public Future<Reply> apply(SqlConnection tx, Request request) {
        return Ids.parse(request.param("id")).map(id -> removeIfSettled(tx, id)).orElseGet(DeleteUser::unknown);
    }

    private Future<Reply> removeIfSettled(SqlConnection tx, UUID id) {
        return store.lockAccount(tx, id).compose(settled -> {
            if (settled.isEmpty()) {
                return unknown();
            }
            return settled.get() ? remove(tx, id) : owed("has money, or a submission that waits for review");
        });
    }

    private Future<Reply> remove(SqlConnection tx, UUID id) {
        return store.removeCode(tx, id)
                .compose(done -> store.anonymiseMember(tx, id))
                .compose(first -> first ? removeDocument(tx, id) : unknown());
    }

    private Future<Reply> removeDocument(SqlConnection tx, UUID id) {
        return store.anonymiseDocument(tx, id)
                .compose(free -> free ? finish(tx, id) : owed("has an open premium assignment"));
    }

    private Future<Reply> finish(SqlConnection tx, UUID id) {
        return store.anonymiseOthers(tx, id)
                .compose(done -> credentials.remove(tx, id))
                .compose(done -> sessions.revokeAll(tx, id, null))
                .map(done -> Reply.ok(new Answer("User removed.")));
    }

    private static Future<Reply> unknown() {
        return Future.succeededFuture(Reply.notFound("User"));
    }

    private static Future<Reply> owed(String why) {
        return Future.succeededFuture(
                Reply.refuse(ErrorCode.MONEY_HELD_OR_OWED, "The user cannot be removed: the account " + why));
    }
}
