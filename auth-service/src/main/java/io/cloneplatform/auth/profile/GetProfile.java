package io.cloneplatform.auth.profile;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;

/** Shows the caller their own profile. */
public final class GetProfile {
    private final SqlClient client;
    private final ProfileStore store = new ProfileStore();

    public GetProfile(SqlClient client) {
        this.client = client;
    }

    /** {@code auth.profile.get}. */
    public Future<Reply> apply(Request request) {
        return store.find(client, request.caller().id())
                .map(document -> document.map(ProfileAnswer::of).orElseGet(ProfileAnswer::gone));
    }
}
