package io.cloneplatform.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.acceptance.contract.Rubbish.Case;
import io.cloneplatform.acceptance.contract.World.Member;
import io.cloneplatform.gateway.document.ApiOperation;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every field, parameter, id and body of every operation gets rubbish; nothing breaks, hangs or answers 5xx. */
@ExtendWith(RunningPlatform.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RubbishIT {
    private static final int CLIENTS = 4;
    private static final long LIMIT_MS = 3_000;

    private final RunningPlatform platform;
    private final World world;
    private final Document document = new Document();
    private final AnswerRules rules = new AnswerRules(document);
    private final Map<String, Sample> samples = Samples.byOperation();
    private final LogWatch watch = LogWatch.begin();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong slowestMs = new AtomicLong();

    RubbishIT(RunningPlatform platform) {
        this.platform = platform;
        this.world = new World(platform);
    }

    @AfterAll
    void stopWatching() {
        watch.close();
    }

    @Test
    @Order(1)
    void rubbishIsHandledEverywhere() {
        long begin = System.nanoTime();
        List<List<String>> complaints =
                Clients.share(CLIENTS, document.operations().values(), this::abuse);
        System.out.printf(
                "rubbish: %d requests to %d operations in %d s, the slowest answer took %d ms%n",
                requests.get(),
                document.operations().size(),
                (System.nanoTime() - begin) / 1_000_000_000,
                slowestMs.get());
        assertThat(complaints.stream().flatMap(List::stream)).isEmpty();
    }

    private List<String> abuse(ApiOperation operation) {
        Sample sample = samples.get(operation.id());
        List<String> complaints = new ArrayList<>();
        try {
            Draft draft = sample.good().apply(world);
            for (Case odd : new Rubbish(platform, document).cases(operation, draft)) {
                Answer answer = tryIt(operation, odd, draft, complaints);
                if (answer != null && answer.status() == 200 && sample.once()) {
                    draft = sample.good().apply(world);
                }
            }
        } catch (AssertionError e) {
            complaints.add(operation.id() + ", what it needs: " + e.getMessage());
        }
        return complaints;
    }

    private Answer tryIt(ApiOperation operation, Case odd, Draft draft, List<String> complaints) {
        String what = operation.id() + ", " + odd.name() + ": ";
        try {
            Answer answer = odd.send().apply(draft);
            complaints(operation, odd, answer).forEach(complaint -> complaints.add(what + complaint + ": " + answer));
            return answer;
        } catch (UncheckedIOException e) {
            complaints.add(what + "no answer: " + e.getCause());
            return null;
        }
    }

    private List<String> complaints(ApiOperation operation, Case odd, Answer answer) {
        requests.incrementAndGet();
        slowestMs.accumulateAndGet(answer.tookMs(), Math::max);
        Set<Integer> statuses = odd.verdict().statuses();
        List<String> complaints = new ArrayList<>();
        if (answer.status() >= 500) {
            complaints.add("answers " + answer.status());
        } else if (!statuses.isEmpty() && !statuses.contains(answer.status())) {
            complaints.add("expected " + statuses);
        }
        if (answer.tookMs() > LIMIT_MS) {
            complaints.add("took " + answer.tookMs() + " ms");
        }
        boolean ofTheOperation =
                statuses.isEmpty() || document.statuses(operation).contains(answer.status());
        complaints.addAll(ofTheOperation ? rules.complaints(operation, answer) : AnswerRules.refusalComplaints(answer));
        if (answer.status() == 400 && !odd.verdict().fields().isEmpty() && !names(answer, odd)) {
            complaints.add("names none of " + odd.verdict().fields());
        }
        return complaints;
    }

    private static boolean names(Answer answer, Case odd) {
        Set<String> named = new TreeSet<>();
        answer.fields().forEach(field -> named.add(field.split("\\.", 2)[0]));
        return odd.verdict().fields().stream().anyMatch(named::contains);
    }

    @Test
    @Order(2)
    void whatBelongsToSomeoneElseIsRefused() {
        Member owner = world.memberWith("100");
        Member other = world.memberWith("100");
        String ticket = world.ticket(owner);
        String conversation = world.conversation(owner);
        String withdrawal = world.withdrawal(owner);
        List<Answer> answers = List.of(
                as(other, "GET", "/support-tickets/" + ticket, null),
                as(other, "POST", "/support-tickets/" + ticket + "/reply", "{'message': 'Mine now'}"),
                as(other, "GET", "/chat/messages?conversationId=" + conversation, null),
                as(other, "POST", "/chat/messages", "{'message': 'Hi', 'conversationId': '" + conversation + "'}"),
                as(other, "POST", "/withdrawals/" + withdrawal + "/cancel", "{}"));
        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.status()).as("%s", answer).isIn(403, 404));
        assertThat(as(owner, "GET", "/withdrawals?status=pending", null)
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(1);
    }

    private Answer as(Member member, String method, String path, String body) {
        Call call = platform.call(method, path).bearer(member.token());
        return (body == null ? call : call.json(body)).send();
    }

    @Test
    @Order(3)
    void thePlatformIsHealthyAfterwardsAndTheBooksBalance() {
        assertThat(platform.call("GET", "/health").ok().path("status").asText()).isEqualTo("ok");
        assertThat(world.admin("GET", "/admin/ledger/verify")
                        .ok()
                        .path("balanced")
                        .asBoolean())
                .isTrue();
    }

    @Test
    @Order(4)
    void nothingWasLoggedAsAnError() {
        assertThat(watch.errors()).isEmpty();
    }

    @Test
    @Order(5)
    void noEventLoopWasBlocked() {
        assertThat(watch.blocked()).isEmpty();
    }
}
