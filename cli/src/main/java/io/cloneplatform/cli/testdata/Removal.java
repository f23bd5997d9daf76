package io.cloneplatform.cli.testdata;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.remote.AdminApi;
import io.cloneplatform.cli.remote.Change;
import io.cloneplatform.cli.remote.Failure;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Removes one test member by the API's own rules: ends the offer, denies withdrawals, books the balance back,
 * removes.
 */
final class Removal {
    private static final String REASON = "Test data reset";

    private final AdminApi api;
    private final Change change;
    private final List<JsonNode> withdrawals;

    Removal(AdminApi api, Change change, List<JsonNode> withdrawals) {
        this.api = api;
        this.change = change;
        this.withdrawals = withdrawals;
    }

    /** Why it was refused; empty when the member is gone. */
    Optional<String> of(String member) {
        try {
            deny(member);
            JsonNode user = api.get("/admin/users/" + member + "?limit=1").path("user");
            if (user.path("premiumAssignment").isObject()) {
                send("POST", "/admin/premium/revoke", Map.of("userId", member), "offer-" + member);
            }
            empty(member, user.path("balance").decimalValue());
            send("DELETE", "/admin/users/" + member, null, "member-" + member);
            return Optional.empty();
        } catch (Failure e) {
            return Optional.of(e.getMessage());
        }
    }

    private void deny(String member) {
        for (JsonNode withdrawal : withdrawals) {
            if (withdrawal.path("userId").asText().equals(member)) {
                String id = withdrawal.path("id").asText();
                send(
                        "POST",
                        "/admin/deny-withdrawal",
                        Map.of("withdrawalId", id, "reason", REASON),
                        "withdrawal-" + id);
            }
        }
    }

    private void empty(String member, BigDecimal balance) {
        if (balance.signum() != 0) {
            Map<String, Object> body = Map.of("userId", member, "amount", balance.negate(), "reason", REASON);
            send("POST", "/admin/adjust-balance", body, "balance-" + member);
        }
    }

    private void send(String method, String path, Object body, String part) {
        api.change(method, path, body, change.key(part));
    }
}
