package io.cloneplatform.acceptance.contract;

import io.cloneplatform.acceptance.process.Waiting;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Clients that ask again, under the same idempotency key, when they are not told in time what became of a request. A busy
 * machine may make them; it must not make them do anything twice.
 */
final class Patience {
    private static final Set<Integer> TRY_AGAIN = Set.of(409, 503, 504);
    private static final int ATTEMPTS = 50;
    private static final long PAUSE_MS = 200;

    private final AtomicInteger repeats = new AtomicInteger();

    /** Sends a request that carries a key until it is decided. */
    Answer decided(Supplier<Answer> request) {
        Answer answer = request.get();
        for (int attempt = 1; TRY_AGAIN.contains(answer.status()) && attempt < ATTEMPTS; attempt++) {
            repeats.incrementAndGet();
            Waiting.pause(PAUSE_MS);
            answer = request.get();
        }
        return answer;
    }

    /** How often somebody had to ask again. */
    int repeats() {
        return repeats.get();
    }
}
