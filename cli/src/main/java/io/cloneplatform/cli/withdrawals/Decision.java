package io.cloneplatform.cli.withdrawals;

import static io.cloneplatform.cli.output.Values.money;
import static io.cloneplatform.cli.output.Values.text;
import static io.cloneplatform.cli.output.Values.time;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.output.Output;
import io.cloneplatform.cli.remote.AdminApi;
import io.cloneplatform.cli.remote.Change;
import io.cloneplatform.cli.remote.Connection;
import io.cloneplatform.cli.remote.Failure;
import io.cloneplatform.cli.remote.Plan;
import io.cloneplatform.common.json.Ids;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An admin's word about one pending withdrawal. */
final class Decision {
    private static final int PAGE = 500;
    private static final int MAX_PAGES = 20;

    private final Connection connection;
    private final Change change;
    private final String path;
    private final String outcome;

    Decision(Connection connection, Change change, String path, String outcome) {
        this.connection = connection;
        this.change = change;
        this.path = path;
        this.outcome = outcome;
    }

    int make(String withdrawal, Map<String, String> body, String effect) {
        if (Ids.parse(withdrawal).isEmpty()) {
            throw connection.usage("Expected the id of a withdrawal, got '" + withdrawal + "'");
        }
        AdminApi api = connection.api();
        Output output = connection.output();
        if (change.isDryRun()) {
            plan(pending(api, withdrawal), effect).show(output);
            return 0;
        }
        JsonNode answer = api.change("POST", path, body, change.key());
        JsonNode decided = answer.path("withdrawal");
        output.show(
                answer,
                () -> output.line(text(answer.path("message")) + " " + money(decided.path("amount")) + " of "
                        + text(decided.path("userName")) + ", requested " + time(decided.path("requestedAt")) + "."));
        return 0;
    }

    private static JsonNode pending(AdminApi api, String withdrawal) {
        String cursor = "";
        for (int page = 0; page < MAX_PAGES && cursor != null; page++) {
            JsonNode answer = api.get("/admin/withdrawals?status=pending&limit=" + PAGE
                    + (cursor.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)));
            for (JsonNode one : answer.path("withdrawals")) {
                if (one.path("id").asText().equalsIgnoreCase(withdrawal)) {
                    return one;
                }
            }
            cursor = answer.path("nextCursor").textValue();
        }
        throw Failure.of(
                "NOT_PENDING",
                cursor == null
                        ? "No pending withdrawal has the id " + withdrawal + ": it is decided, or was never requested."
                        : "The withdrawal is not among the " + PAGE * MAX_PAGES + " oldest pending ones.");
    }

    private Plan plan(JsonNode withdrawal, String effect) {
        return Plan.of("POST " + path, withdrawal.path("id").asText())
                .field("state", "pending", outcome)
                .field(money(withdrawal.path("amount")) + " of " + text(withdrawal.path("userName")), "held", effect);
    }
}
