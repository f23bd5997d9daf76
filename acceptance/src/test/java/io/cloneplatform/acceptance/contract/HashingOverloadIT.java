package io.cloneplatform.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Ten times as many sign-ins as there is time to hash passwords for: each is answered in time or refused at once, and who
 * reads a profile meanwhile hardly notices.
 */
@Tag("alone")
@ExtendWith(RunningPlatform.Shared.class)
class HashingOverloadIT {
    private static final int CLIENTS = 120;
    private static final long PAUSE_MS = 200;
    private static final long LASTS_MS = 6_000;
    private static final long REQUEST_LIMIT_MS = 2_500;
    private static final long AT_ONCE_MS = 500;

    private final RunningPlatform platform;
    private final World world;

    HashingOverloadIT(RunningPlatform platform) {
        this.platform = platform;
        this.world = new World(platform);
    }

    @Test
    void refusesAtOnceWhatWouldComeTooLateAndKeepsReading() {
        World.Member reader = world.memberWith("100");
        Queue<Answer> signIns = new ConcurrentLinkedQueue<>();
        Queue<Answer> reads = new ConcurrentLinkedQueue<>();
        long end = System.currentTimeMillis() + LASTS_MS;
        List<Runnable> work = new ArrayList<>(Collections.nCopies(CLIENTS, () -> {
            while (System.currentTimeMillis() < end) {
                signIns.add(signIn());
                pause(PAUSE_MS);
            }
        }));
        work.add(() -> {
            while (System.currentTimeMillis() < end) {
                reads.add(
                        platform.call("GET", "/profile").bearer(reader.token()).send());
                pause(10);
            }
        });
        Clients.share(work.size(), work, one -> {
            one.run();
            return Boolean.TRUE;
        });
        requireRefusedAtOnce(List.copyOf(signIns));
        requireRead(List.copyOf(reads));
    }

    // Each as somebody else: an account that is guessed at is locked.
    private Answer signIn() {
        return platform.call("POST", "/signin")
                .json("{'email': '" + World.unique("nobody") + "@example.com', 'password': 'Password123'}")
                .send();
    }

    private static void requireRefusedAtOnce(List<Answer> signIns) {
        List<Answer> refused =
                signIns.stream().filter(one -> one.status() == 503).toList();
        List<Answer> served =
                signIns.stream().filter(one -> one.status() == 401).toList();
        System.out.println("sign-ins: " + served.size() + " served, " + times(served) + "; " + refused.size()
                + " refused, " + times(refused));
        assertThat(served.size() + refused.size())
                .as("of %s answers", signIns.size())
                .isEqualTo(signIns.size());
        assertThat(served).hasSizeGreaterThan(20).allSatisfy(one -> assertThat(one.tookMs())
                .isLessThan(REQUEST_LIMIT_MS));
        assertThat(refused).hasSizeGreaterThan(served.size()).allSatisfy(one -> assertThat(one.header("Retry-After"))
                .isEqualTo(Optional.of("1")));
        assertThat(percentile(refused, 90)).as("refusals").isLessThan(AT_ONCE_MS);
    }

    private static void requireRead(List<Answer> reads) {
        System.out.println("reads: " + reads.size() + ", " + times(reads));
        assertThat(reads).hasSizeGreaterThan(20).allSatisfy(one -> assertThat(one.status())
                .isEqualTo(200));
        assertThat(percentile(reads, 90)).as("reads").isLessThan(AT_ONCE_MS);
    }

    private static String times(List<Answer> all) {
        return "ms at 50/90/99 %: " + percentile(all, 50) + "/" + percentile(all, 90) + "/" + percentile(all, 99);
    }

    private static long percentile(List<Answer> all, int percent) {
        List<Long> sorted = all.stream().map(Answer::tookMs).sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) * percent / 100);
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
