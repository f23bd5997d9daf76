package io.cloneplatform.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.acceptance.contract.World.Member;
import io.cloneplatform.acceptance.ledger.Journal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several admins and the member decide about one withdrawal at the same moment: it has one outcome, and no cent drifts. */
@ExtendWith(RunningPlatform.Shared.class)
class WithdrawalRacesIT {
    private static final int MEMBERS = 10;
    private static final int WITHDRAWALS_EACH = 100;
    private static final int RACERS = 5;
    private static final Map<String, String> OUTCOME =
            Map.of("approve", "approved", "deny", "denied", "cancel", "cancelled");

    /** Requests by SQL as POST /withdrawals makes them, but for the password, whose hash takes its time on purpose. */
    private static final String REQUEST_MANY =
            """
            WITH wanted AS MATERIALIZED (
              SELECT gen_random_uuid() AS id, n::bigint AS cents, u.value AS member
              FROM kv_store_44a642d3 u, generate_series(1, ?::integer) n WHERE u.key = 'user:' || ?::text
            ), held AS MATERIALIZED (
              SELECT * FROM wanted WHERE ledger_hold(id, (member ->> 'id')::uuid, cents, 'withdrawal', id::text)
            )
            INSERT INTO kv_store_44a642d3 (key, value)
            SELECT concat_ws(':', 'withdrawal', member ->> 'id', id), jsonb_build_object(
              'id', id, 'userId', member -> 'id', 'userEmail', member -> 'email', 'userName', member -> 'name',
              'amount', to_major(cents), 'status', 'pending', 'requestedAt', iso_instant(now()),
              'approvedAt', NULL, 'deniedAt', NULL, 'denialReason', NULL)
            FROM held RETURNING value ->> 'id'
            """;

    private final RunningPlatform platform;
    private final World world;
    private final Journal journal;
    private final Patience patience = new Patience();

    WithdrawalRacesIT(RunningPlatform platform) {
        this.platform = platform;
        this.world = new World(platform);
        this.journal = new Journal(platform.databaseUrl());
    }

    @AfterEach
    void booksBalance() {
        journal.close();
        JsonNode books = world.admin("GET", "/admin/ledger/verify").ok();
        assertThat(books.get("balanced").asBoolean()).as("%s", books).isTrue();
    }

    /** One of those who decide about a withdrawal; they wait for each other, then all go. */
    private record Racer(Member member, String withdrawal, String action, String token, CyclicBarrier start) {}

    @Test
    void aThousandRacesHaveAThousandOutcomes() {
        List<String> admins = new ArrayList<>(List.of(World.ADMIN));
        IntStream.range(0, 3)
                .forEach(i ->
                        admins.add(world.newAdmin(List.of("withdrawals.manage")).token()));
        List<Member> members = IntStream.range(0, MEMBERS)
                .mapToObj(i -> world.memberWith("1000"))
                .toList();
        List<Racer> racers = members.stream()
                .flatMap(member -> pending(member).stream().flatMap(id -> race(member, id, admins).stream()))
                .toList();
        List<Answer> answers = Clients.share(4 * RACERS, racers, this::decide);
        Map<String, Long> statuses = new HashMap<>();
        for (int first = 0; first < racers.size(); first += RACERS) {
            String status =
                    requireOneOutcome(racers.subList(first, first + RACERS), answers.subList(first, first + RACERS));
            statuses.merge(status, 1L, Long::sum);
        }
        System.out.println("Races ended: " + statuses);
        assertThat(statuses.keySet()).as("each can win").hasSameElementsAs(OUTCOME.values());
        members.forEach(this::requireExactBalance);
    }

    private List<String> pending(Member member) {
        return journal.texts(REQUEST_MANY, WITHDRAWALS_EACH, member.id());
    }

    private static List<Racer> race(Member member, String withdrawal, List<String> admins) {
        CyclicBarrier start = new CyclicBarrier(RACERS);
        List<Racer> racers = new ArrayList<>(List.of(
                new Racer(member, withdrawal, "approve", admins.get(0), start),
                new Racer(member, withdrawal, "approve", admins.get(1), start),
                new Racer(member, withdrawal, "deny", admins.get(2), start),
                new Racer(member, withdrawal, "deny", admins.get(3), start),
                new Racer(member, withdrawal, "cancel", member.token(), start)));
        Collections.shuffle(racers, new Random(withdrawal.hashCode()));
        return racers;
    }

    private Answer decide(Racer racer) {
        String key = World.unique("race-");
        await(racer.start);
        return patience.decided(() -> request(racer, key).send());
    }

    private Call request(Racer racer, String key) {
        Call call = racer.action.equals("cancel")
                ? platform.call("POST", "/withdrawals/" + racer.withdrawal + "/cancel")
                : platform.call("POST", "/admin/" + racer.action + "-withdrawal")
                        .json("{'withdrawalId': '" + racer.withdrawal + "'}");
        return call.bearer(racer.token).header("Idempotency-Key", key);
    }

    private static void await(CyclicBarrier start) {
        try {
            start.await(30, TimeUnit.SECONDS);
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new AssertionError("the others did not come", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** One racer succeeded, everybody else was told in which status the withdrawal is since then. */
    private String requireOneOutcome(List<Racer> racers, List<Answer> answers) {
        List<Integer> winners = IntStream.range(0, RACERS)
                .filter(i -> answers.get(i).status() == 200)
                .boxed()
                .toList();
        assertThat(winners).as("winners of %s", answers).hasSize(1);
        Racer winner = racers.get(winners.get(0));
        String status =
                answers.get(winners.get(0)).ok().at("/withdrawal/status").asText();
        assertThat(status).isEqualTo(OUTCOME.get(winner.action));
        answers.stream().filter(answer -> answer.status() != 200).forEach(answer -> {
            assertThat(answer.status()).as("%s", answer).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("WRONG_STATE");
            assertThat(answer.json().path("error").asText()).contains("is " + status + ";");
        });
        return status;
    }

    /** Nothing is held any more, and what is missing was approved; the journal has one outcome of each hold. */
    private void requireExactBalance(Member member) {
        JsonNode listed = platform.call("GET", "/withdrawals?limit=1")
                .bearer(member.token())
                .ok();
        JsonNode profile =
                platform.call("GET", "/profile").bearer(member.token()).ok();
        BigDecimal approved = listed.get("totalApproved").decimalValue();
        assertThat(listed.get("totalPending").decimalValue()).isEqualByComparingTo("0");
        assertThat(profile.get("heldBalance").decimalValue()).isEqualByComparingTo("0");
        assertThat(profile.get("balance").decimalValue())
                .isEqualByComparingTo(new BigDecimal("1000").subtract(approved));
        long outcomes = journal.transfers("withdrawal", "post", member.id())
                + journal.transfers("withdrawal", "void", member.id());
        assertThat(outcomes).isEqualTo(WITHDRAWALS_EACH);
    }

    @Test
    void holdsAboveTheBalanceGetExactlyWhatItCoversAndTheirKeysRememberIt() {
        Member member = world.memberWith("100");
        List<String> keys =
                IntStream.range(0, 20).mapToObj(i -> World.unique("hold-")).toList();
        List<Answer> first = Clients.share(keys.size(), keys, key -> hold(member, key));
        Map<Boolean, List<Answer>> byCover = first.stream().collect(Collectors.partitioningBy(a -> a.status() == 200));
        assertThat(byCover.get(true)).as("100 covers three times 30").hasSize(3);
        assertThat(byCover.get(false)).allSatisfy(refused -> {
            assertThat(refused.status()).as("%s", refused).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("INSUFFICIENT_BALANCE");
            assertThat(refused.json().path("error").asText()).isEqualTo("Insufficient balance. Available: $10.00");
        });
        world.admin("POST", "/admin/adjust-balance")
                .json("{'userId': '" + member.id() + "', 'amount': 1000, 'reason': 'money has arrived'}")
                .ok();
        List<Answer> again = Clients.share(keys.size(), keys, key -> hold(member, key));
        for (int i = 0; i < keys.size(); i++) {
            assertThat(again.get(i).status()).isEqualTo(first.get(i).status());
            assertThat(again.get(i).header("Idempotent-Replayed")).contains("true");
            assertThat(again.get(i).json().path("error"))
                    .isEqualTo(first.get(i).json().path("error"));
        }
        assertThat(journal.transfers("withdrawal", "pending", member.id())).isEqualTo(3);
        JsonNode profile =
                platform.call("GET", "/profile").bearer(member.token()).ok();
        assertThat(profile.get("balance").decimalValue()).isEqualByComparingTo("1010");
        assertThat(profile.get("heldBalance").decimalValue()).isEqualByComparingTo("90");
    }

    private Answer hold(Member member, String key) {
        return patience.decided(() -> platform.call("POST", "/withdrawals")
                .bearer(member.token())
                .header("Idempotency-Key", key)
                .json("{'amount': 30, 'withdrawalPassword': '" + World.WITHDRAWAL_PASSWORD + "'}")
                .send());
    }
}
