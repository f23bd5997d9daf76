package io.cloneplatform.auth.token;

import io.cloneplatform.common.audit.AuditLog;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.bus.Trace;
import io.cloneplatform.common.json.Json;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Map;
import java.util.Set;

/** What is recorded when the installation's admin key becomes another one by the settings of a process. */
final class AdminKey {
    private static final String ROTATED = "admin-key-rotated";

    private AdminKey() {}

    /** Records that a process adopted another key from its settings. */
    static Future<Void> recordAdoption(SqlConnection tx) {
        Caller platform = new Caller(Caller.Kind.ADMIN, "platform", "platform", null, Set.of(), null);
        Request start = new Request("auth.start", platform, Map.of(), null, null, 0, new Trace("start", null));
        return new AuditLog()
                .event(tx, start, ROTATED, null, Json.object().put("reason", "ADMIN_KEY of a process that started"));
    }
}
