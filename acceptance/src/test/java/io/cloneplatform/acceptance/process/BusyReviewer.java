package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/** An admin who decides about pending withdrawals all the time, patiently: approves one, denies the next. */
final class BusyReviewer {
    private static final String QUEUE = "/admin/withdrawals?status=pending&limit=20";
    private static final long BREATH_MS = 60;

    private final Api admin;
    private final PatientClient client = new PatientClient();
    private final AtomicBoolean going = new AtomicBoolean(true);
    private final Map<String, Decision> decided = new LinkedHashMap<>();
    private boolean approve;

    private record Decision(String path, Object body, String key, String status) {}

    BusyReviewer(Api admin) {
        this.admin = admin;
    }

    /** Works until told to finish. */
    void work() {
        while (going.get()) {
            for (JsonNode withdrawal : queue()) {
                decide(withdrawal.get("id").textValue());
                Waiting.pause(BREATH_MS);
            }
            Waiting.pause(BREATH_MS);
        }
    }

    void finish() {
        going.set(false);
    }

    private Iterable<JsonNode> queue() {
        try {
            Answer answer = admin.get(QUEUE);
            return answer.status() == 200
                    ? answer.at("/withdrawals")
                    : answer.problem(503, 504).at("/nothing");
        } catch (UncheckedIOException e) {
            return Map.<String, JsonNode>of().values();
        }
    }

    private void decide(String id) {
        if (going.get()) {
            approve = !approve;
            Decision decision = new Decision(
                    approve ? "/admin/approve-withdrawal" : "/admin/deny-withdrawal",
                    Map.of("withdrawalId", id),
                    UUID.randomUUID().toString(),
                    approve ? "approved" : "denied");
            Answer answer = client.post(admin, decision.path, decision.body, decision.key)
                    .ok();
            assertThat(answer.string("/withdrawal/status")).isEqualTo(decision.status);
            note(id, decision);
        }
    }

    private synchronized void note(String id, Decision decision) {
        assertThat(decided.put(id, decision)).as("decided before: %s", id).isNull();
    }

    /** What was acknowledged, by withdrawal: approved or denied. */
    synchronized Map<String, String> decisions() {
        Map<String, String> statuses = new LinkedHashMap<>();
        decided.forEach((id, decision) -> statuses.put(id, decision.status));
        return statuses;
    }

    Map<String, Integer> retries() {
        return client.retries();
    }

    /** Sends what was acknowledged once more: the first answers come back. */
    void repeat(int count) {
        Map<String, Decision> all;
        synchronized (this) {
            all = new LinkedHashMap<>(decided);
        }
        all.values().stream().limit(count).forEach(decision -> {
            Answer again = admin.send("POST", decision.path, decision.body, decision.key)
                    .ok();
            assertThat(again.header("idempotent-replayed")).as("%s", again).isEqualTo("true");
            assertThat(again.string("/withdrawal/status")).isEqualTo(decision.status);
        });
    }
}
