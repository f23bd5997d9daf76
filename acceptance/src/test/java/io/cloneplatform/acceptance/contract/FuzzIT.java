package io.cloneplatform.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.acceptance.contract.Fuzz.Shot;
import io.cloneplatform.gateway.document.ApiOperation;
import io.cloneplatform.gateway.document.ApiOperation.Access;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Thousands of nearly right requests to every operation, as every kind of caller: none breaks the platform, hangs, blocks an
 * event loop or leaves memory behind, and every answer is as documented. {@code -Dfuzz.seed=N} does it again,
 * {@code -Dfuzz.requests=N} does more of it.
 */
@ExtendWith(RunningPlatform.Shared.class)
@Timeout(600)
class FuzzIT {
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 22_000);
    private static final int CLIENTS = 4;
    private static final long LIMIT_MS = 5_000;
    private static final long MEMORY = 96L << 20;
    // What the gateway says before it knows which operation it is.
    private static final Set<Integer> EARLY = Set.of(400, 404, 405, 413, 414, 415, 431);
    // Each of these costs a hash, or many rows.
    private static final int SHARE_OF_DEAR_ONES = 5;

    private final RunningPlatform platform;
    private final World world;
    private final Document document = new Document();
    private final AnswerRules rules = new AnswerRules(document);
    private final Map<String, Sample> samples = Samples.byOperation();
    private final long seed = Long.getLong("fuzz.seed", System.nanoTime());
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicLong slowestMs = new AtomicLong();
    private final Map<String, String> members = new ConcurrentHashMap<>();
    private final Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();

    FuzzIT(RunningPlatform platform) {
        this.platform = platform;
        this.world = new World(platform);
    }

    @Test
    void nothingThatIsNearlyRightBreaksAnything() {
        System.out.printf("fuzz: seed %d%n", seed);
        // What is measured is a platform that serves, not one whose classes are still being loaded.
        List<String> complaints = new ArrayList<>(round(REQUESTS / 10));
        long before = used();
        try (LogWatch watch = LogWatch.begin()) {
            long begin = System.nanoTime();
            complaints.addAll(round(REQUESTS));
            System.out.printf(
                    "fuzz: %d requests to %d operations in %d s, the slowest answer took %d ms, statuses %s%n",
                    sent.get(),
                    document.operations().size(),
                    (System.nanoTime() - begin) / 1_000_000_000,
                    slowestMs.get(),
                    new TreeMap<>(statuses));
            complaints.addAll(watch.errors());
            complaints.addAll(watch.blocked());
        }
        long after = used();
        System.out.printf("fuzz: heap %d MiB before, %d MiB after%n", before >> 20, after >> 20);
        assertThat(complaints).as("seed %d", seed).isEmpty();
        assertThat(sent.get()).isGreaterThanOrEqualTo(Math.min(REQUESTS, 20_000));
        assertThat(after).as("heap").isLessThan(before + MEMORY);
        assertThat(platform.call("GET", "/health").ok().path("status").asText()).isEqualTo("ok");
        assertThat(world.admin("GET", "/admin/ledger/verify")
                        .ok()
                        .path("balanced")
                        .asBoolean())
                .isTrue();
    }

    private List<String> round(int requests) {
        int weights =
                document.operations().values().stream().mapToInt(this::weight).sum();
        return Clients.share(
                        CLIENTS,
                        document.operations().values(),
                        operation -> fuzz(operation, 1 + requests * weight(operation) / weights))
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    private int weight(ApiOperation operation) {
        boolean dear = operation
                        .bodySchema()
                        .map(schema -> schema.toString()
                                .toLowerCase(java.util.Locale.ROOT)
                                .contains("password"))
                        .orElse(false)
                || samples.get(operation.id()).once()
                || operation.id().contains("Verify");
        return dear ? 1 : SHARE_OF_DEAR_ONES;
    }

    private List<String> fuzz(ApiOperation operation, int requests) {
        List<String> complaints = new ArrayList<>();
        Sample sample = samples.get(operation.id());
        Fuzz fuzz = new Fuzz(operation, new Random(seed + operation.id().hashCode() + requests), tokens(operation));
        Draft draft = made(sample);
        for (int i = 0; i < requests && complaints.size() < 5; i++) {
            Shot shot = fuzz.next(draft);
            if (shot.target().contains("/chat/stream")) {
                continue; // an answer that does not end
            }
            Answer answer = fire(operation, shot, complaints);
            if (answer != null && answer.status() == 200 && sample.once()) {
                draft = made(sample);
            }
        }
        return complaints;
    }

    // It takes several requests to make what one is about; on a busy machine one of them may come too late.
    private Draft made(Sample sample) {
        try {
            return sample.good().apply(world);
        } catch (AssertionError e) {
            return sample.good().apply(world);
        }
    }

    // A member of their own: some of what they do signs them out, or ends them.
    private List<String> tokens(ApiOperation operation) {
        String token = world.member().token();
        members.put(operation.id(), token);
        return new ArrayList<>(Arrays.asList(
                null, token, World.ADMIN, world.adminWith("users.view").token(), "x", "a.b.c", token + "x", "null"));
    }

    private Answer fire(ApiOperation operation, Shot shot, List<String> complaints) {
        try {
            Answer answer = shot.fire(platform);
            sent.incrementAndGet();
            slowestMs.accumulateAndGet(answer.tookMs(), Math::max);
            statuses.computeIfAbsent(answer.status(), status -> new AtomicInteger())
                    .incrementAndGet();
            complaintsOf(operation, shot, answer)
                    .forEach(complaint ->
                            complaints.add(operation.id() + ": " + complaint + ": " + shot + " => " + answer));
            return answer;
        } catch (UncheckedIOException e) {
            complaints.add(operation.id() + ": no answer: " + shot + ": " + e.getCause());
            return null;
        }
    }

    private List<String> complaintsOf(ApiOperation operation, Shot shot, Answer answer) {
        List<String> complaints = new ArrayList<>();
        boolean shed = answer.status() == 503 && answer.header("Retry-After").isPresent();
        if (answer.status() >= 500 && !shed) {
            complaints.add("breaks");
        }
        if (answer.tookMs() > LIMIT_MS) {
            complaints.add("took " + answer.tookMs() + " ms");
        }
        if (operation.access() == Access.ADMIN
                && shot.onRoute()
                && shot.token() != null
                && shot.token().equals(members.get(operation.id()))
                && answer.status() < 400) {
            complaints.add("a member did what is for admins");
        }
        if (shot.onRoute()) {
            boolean documented = document.statuses(operation).contains(answer.status());
            complaints.addAll(
                    !documented && EARLY.contains(answer.status())
                            ? AnswerRules.refusalComplaints(answer)
                            : rules.complaints(operation, answer));
        }
        return complaints;
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
