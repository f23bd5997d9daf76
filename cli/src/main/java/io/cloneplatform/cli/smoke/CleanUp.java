package io.cloneplatform.cli.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Removes what a run made, also after failures: ends offers, closes tickets, reads the chat, books balances back to zero
 * and removes the members. What cannot be removed is said, and does not stop the rest. The journal keeps its entries, as
 * it always does.
 */
final class CleanUp {
    private final Run run;
    private final Api api;
    private final PrintWriter err;

    CleanUp(Run run, PrintWriter err) {
        this.run = run;
        this.api = run.api();
        this.err = err;
    }

    void run() {
        for (String ticket : run.tickets()) {
            attempt("close ticket " + ticket, () -> close(ticket));
        }
        for (String conversation : run.conversations()) {
            attempt("read conversation " + conversation, () -> read(conversation));
        }
        for (String id : memberIds()) {
            attempt("end the offer of " + id, () -> revoke(id));
            attempt("book the balance of " + id + " back", () -> empty(id));
            attempt("remove member " + id, () -> remove(id));
        }
    }

    /** Also those whose sign-up took effect but was never answered. */
    private Set<String> memberIds() {
        Set<String> ids = new LinkedHashSet<>();
        run.members().forEach(member -> ids.add(member.id()));
        attempt("look for members of " + run.tag(), () -> {
            for (JsonNode user : api.asAdmin("GET", "/admin/users?search=" + run.tag(), null)
                    .ok()
                    .at("/users")) {
                if (user.path("email").asText().startsWith(run.tag())) {
                    ids.add(user.path("id").asText());
                }
            }
        });
        return ids;
    }

    private void close(String ticket) {
        api.asAdmin("PUT", "/admin/support-tickets/" + ticket + "/status", Map.of("status", "closed"))
                .ok();
    }

    // No conversation is ever removed; read, it does not wait for anybody.
    private void read(String conversation) {
        api.asAdmin("GET", "/admin/chat/messages?conversationId=" + conversation, null)
                .ok();
    }

    private void revoke(String id) {
        if (user(id).path("premiumAssignment").isObject()) {
            api.asAdmin("POST", "/admin/premium/revoke", Map.of("userId", id)).ok();
        }
    }

    private void empty(String id) {
        BigDecimal balance = user(id).path("balance").decimalValue();
        if (balance.signum() != 0) {
            Map<String, Object> body =
                    Map.of("userId", id, "amount", balance.negate(), "reason", "Clean-up of " + run.tag());
            api.asAdmin("POST", "/admin/adjust-balance", body).ok();
        }
    }

    private void remove(String id) {
        api.asAdmin("DELETE", "/admin/users/" + id, null).ok();
    }

    private JsonNode user(String id) {
        return api.asAdmin("GET", "/admin/users/" + id, null).ok().at("/user");
    }

    private void attempt(String what, Runnable action) {
        try {
            action.run();
        } catch (CheckFailed | Api.Unreachable e) {
            err.println("Clean-up could not " + what + ": " + e.getMessage());
        }
    }
}
