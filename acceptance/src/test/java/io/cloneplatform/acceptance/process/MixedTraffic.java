package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Members who read, submit, withdraw and write tickets, at a steady rate whatever happens, and whoever was not served. Nothing
 * is sent again: what fails here, failed for a client.
 */
final class MixedTraffic implements AutoCloseable {
    private static final int THREADS = 16;
    private static final List<String> READS = List.of(
            "/profile", "/earnings", "/withdrawals", "/support-tickets", "/premium", "/products", "/faq", "/referrals");

    private final Ingress ingress;
    private final List<Member> members;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
    private final List<Future<?>> work = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();
    private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();
    private final Queue<String> submissions = new ConcurrentLinkedQueue<>();

    /**
     * A request that was not served.
     *
     * @param sentAt reading of {@link System#nanoTime}
     * @param repeatable whether it was a read, or had an idempotency key
     * @param answer what came back, or null
     * @param text what came back, or why nothing did
     */
    record Failure(long sentAt, String call, boolean repeatable, Answer answer, String text) {
        /** The status, or 0 without an answer. */
        int status() {
            return answer == null ? 0 : answer.status();
        }

        /** What came back; fails where nothing did. */
        Answer answered() {
            assertThat(answer).as("answer to %s: %s", call, text).isNotNull();
            return answer;
        }
    }

    MixedTraffic(Ingress ingress, List<Member> members) {
        this.ingress = ingress;
        this.members = members;
    }

    /** Begins, with so many requests a second. */
    void start(int perSecond) {
        long periodUs = 1_000_000L * THREADS / perSecond;
        for (int i = 0; i < THREADS; i++) {
            work.add(threads.scheduleAtFixedRate(this::one, i * periodUs / THREADS, periodUs, TimeUnit.MICROSECONDS));
        }
    }

    // Of ten requests seven read, two write under a key, and one writes without.
    private void one() {
        int number = turn.getAndIncrement();
        Member member = members.get(number % members.size());
        switch (number % 10) {
            case 3 -> submit(member);
            case 6 ->
                send(
                        member,
                        "POST",
                        "/withdrawals",
                        Map.of("amount", new BigDecimal("0.01"), "withdrawalPassword", Member.WITHDRAWAL_PASSWORD),
                        UUID.randomUUID().toString());
            case 9 -> send(member, "POST", "/support-tickets", Map.of("subject", "Hello", "message", "There"), null);
            default -> send(member, "GET", READS.get(number % READS.size()), null, null);
        }
    }

    private void submit(Member member) {
        Answer answer = send(
                member,
                "POST",
                "/submit-product",
                Map.of("productName", "Lamp", "productValue", 1),
                UUID.randomUUID().toString());
        if (answer != null && answer.status() == 200) {
            submissions.add(answer.string("/product/id"));
        }
    }

    private Answer send(Member member, String method, String path, Object body, String key) {
        boolean repeatable = method.equals("GET") || key != null;
        long sentAt = System.nanoTime();
        try {
            Answer answer = ingress.send(member.token(), method, path, body, key);
            if (answer.status() == 200) {
                served.incrementAndGet();
            } else {
                failures.add(new Failure(sentAt, method + " " + path, repeatable, answer, answer.toString()));
            }
            return answer;
        } catch (UncheckedIOException e) {
            failures.add(new Failure(sentAt, method + " " + path, repeatable, null, e.toString() + e.getCause()));
            return null;
        }
    }

    /** How many requests were served so far. */
    int served() {
        return served.get();
    }

    /** Takes the failures since the last time. */
    List<Failure> takeFailures() {
        List<Failure> taken = new ArrayList<>();
        for (Failure next = failures.poll(); next != null; next = failures.poll()) {
            taken.add(next);
        }
        return taken;
    }

    /** What was acknowledged. */
    List<String> submissions() {
        return List.copyOf(submissions);
    }

    /** Lets what is under way be answered. */
    void finish() {
        work.forEach(one -> one.cancel(false));
        threads.shutdown();
        try {
            if (!threads.awaitTermination(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("A request hangs");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
