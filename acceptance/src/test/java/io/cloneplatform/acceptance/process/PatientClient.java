package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sends a request again under its idempotency key when no answer comes or the answer says that something is away, until it
 * is decided: so every request takes effect at most once, whatever happened in between.
 */
final class PatientClient {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Set<Integer> TRY_AGAIN = Set.of(409, 503, 504);
    private static final long PAUSE_MS = 50;

    private final Map<String, Integer> retried = new TreeMap<>();

    /** What was decided: a success, or a refusal that says so. */
    Answer post(Api api, String path, Object body, String key) {
        long start = System.nanoTime();
        Answer answer = attempt(api, path, body, key);
        while (answer == null || TRY_AGAIN.contains(answer.status())) {
            assertThat(Waiting.since(start)).as("waiting for %s", answer).isLessThan(PATIENCE);
            Waiting.pause(PAUSE_MS);
            retried(answer);
            answer = attempt(api, path, body, key);
        }
        return answer;
    }

    private static Answer attempt(Api api, String path, Object body, String key) {
        try {
            Answer answer = api.send("POST", path, body, key);
            return answer.status() == 200 ? answer : answer.problem(answer.status());
        } catch (UncheckedIOException e) {
            return null;
        }
    }

    private synchronized void retried(Answer answer) {
        String why = answer == null ? "no answer" : answer.status() + " " + answer.string("/code");
        retried.merge(why, 1, Integer::sum);
    }

    /** How often a request had to be sent again, by what made that necessary. */
    synchronized Map<String, Integer> retries() {
        return Map.copyOf(retried);
    }
}
