package io.cloneplatform.auth.users;

import io.cloneplatform.auth.password.CredentialStore;
import io.cloneplatform.auth.session.Sessions;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.outbox.Outbox;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;

/**
 * Makes a member anonymous and ends their sessions; refused while anything is held for them or owed to them. The one way
 * to leave, whoever asks for it.
 */
public final class Removal {
    private final CredentialStore credentials;
    private final Sessions sessions;
    private final Outbox outbox = new Outbox();
    private final DeletionStore store = new DeletionStore();

    public Removal(CredentialStore credentials, Sessions sessions) {
        this.credentials = credentials;
        this.sessions = sessions;
    }

    /**
     * What came of it.
     *
     * @param known whether there is such a member
     * @param reasons why the member cannot leave yet; empty when they left
     */
    public record Outcome(boolean known, List<String> reasons) {
        private static final Outcome UNKNOWN = new Outcome(false, List.of());
        private static final Outcome GONE = new Outcome(true, List.of());

        public Outcome {
            reasons = List.copyOf(reasons);
        }

        private static Outcome owed(List<String> reasons) {
            return new Outcome(true, reasons);
        }
    }

    /** Removes the member unless something stands against it. */
    public Future<Outcome> apply(SqlConnection tx, UUID id) {
        return store.lockAccount(tx, id).compose(standing -> {
            if (standing.isEmpty()) {
                return Future.succeededFuture(Outcome.UNKNOWN);
            }
            List<String> reasons = standing.get().reasons();
            return reasons.isEmpty() ? remove(tx, id, standing.get()) : Future.succeededFuture(Outcome.owed(reasons));
        });
    }

    private Future<Outcome> remove(SqlConnection tx, UUID id, Standing standing) {
        return store.removeCode(tx, id)
                .compose(done -> store.anonymiseMember(tx, id))
                .compose(first -> first ? removeDocument(tx, id, standing) : Future.succeededFuture(Outcome.UNKNOWN));
    }

    private Future<Outcome> removeDocument(SqlConnection tx, UUID id, Standing standing) {
        return store.anonymiseDocument(tx, id)
                .compose(free -> free
                        ? finish(tx, id, standing)
                        : Future.succeededFuture(Outcome.owed(List.of("has an open premium assignment"))));
    }

    private Future<Outcome> finish(SqlConnection tx, UUID id, Standing standing) {
        return store.anonymiseReferral(tx, id)
                .compose(done -> credentials.remove(tx, id))
                .compose(done -> sessions.revokeAll(tx, id, null))
                .compose(done -> farewell(tx, id, standing))
                .compose(done -> store.forget(tx, id))
                .map(done -> Outcome.GONE);
    }

    // Nothing else is left that says where the last mail goes; what was still to be sent before it has no address any
    // more.
    private Future<Void> farewell(SqlConnection tx, UUID id, Standing standing) {
        return store.dropMail(tx, id)
                .compose(done -> outbox.mail(
                        tx,
                        "account-deleted",
                        id,
                        Json.object().put("email", standing.email()).put("name", standing.name())));
    }
}
