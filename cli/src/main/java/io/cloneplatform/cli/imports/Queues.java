package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.imports.RecordImport.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Arrays that served the predecessor as queues: the records themselves say everything, so they are only checked. */
final class Queues {
    private final Dump dump;
    private final Findings findings;

    Queues(Dump dump, Findings findings) {
        this.dump = dump;
        this.findings = findings;
    }

    List<Outcome> withdrawals(List<LegacyRecord> batch) {
        return batch.stream().map(queue -> check(queue, "withdrawal:")).toList();
    }

    List<Outcome> tickets(List<LegacyRecord> batch) {
        return batch.stream().map(queue -> check(queue, "ticket:")).toList();
    }

    List<Outcome> messages(List<LegacyRecord> batch) {
        return batch.stream().map(queue -> check(queue, "message:")).toList();
    }

    private Outcome check(LegacyRecord queue, String prefix) {
        List<String> keys = new ArrayList<>();
        boolean plain = true;
        for (JsonNode entry : queue.value()) {
            String id = entry.isObject() ? entry.path("id").asText("") : entry.asText("");
            keys.add(id.startsWith(prefix) ? id : prefix + id);
            plain &= entry.isValueNode();
        }
        for (int from = 0; from < keys.size(); from += Dump.BATCH) {
            check(queue, keys.subList(from, Math.min(keys.size(), from + Dump.BATCH)));
        }
        return plain ? Outcome.consumed() : Outcome.kept(Oddity.QUEUE_KEPT, keys.size() + " entries");
    }

    private void check(LegacyRecord queue, List<String> keys) {
        Map<String, String> states = dump.statesOf(keys);
        String promised = queue.name();
        for (String key : keys) {
            String state = states.get(key);
            if (state == null) {
                findings.add(Oddity.QUEUE_ENTRY_UNKNOWN, queue.key(), Texts.line(key, 200));
            } else if (PROMISES.contains(promised) && !promised.equals(state)) {
                findings.add(Oddity.QUEUE_ENTRY_STALE, queue.key(), Texts.line(key + " is " + state, 200));
            }
        }
    }

    // Queues named for the state that everything in them should have.
    private static final List<String> PROMISES = List.of("pending", "approved", "denied");
}
