package io.cloneplatform.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.acceptance.contract.World.Member;
import io.cloneplatform.acceptance.ledger.Journal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fifty calls with one idempotency key move money once, and all hear the same about it. */
@ExtendWith(RunningPlatform.Shared.class)
class FiftyAtOnceIT {
    private static final int CALLS = 50;

    private final RunningPlatform platform;
    private final World world;
    private final Patience patience = new Patience();

    FiftyAtOnceIT(RunningPlatform platform) {
        this.platform = platform;
        this.world = new World(platform);
    }

    /** What moves money, for a new member who has 100. */
    private enum Operation {
        SUBMIT("/submit-product", "{'productName': 'Lamp', 'productValue': $}", "submission", "posted", "124"),
        WITHDRAW(
                "/withdrawals",
                "{'amount': $, 'withdrawalPassword': '" + World.WITHDRAWAL_PASSWORD + "'}",
                "withdrawal",
                "pending",
                "70"),
        ADJUST(
                "/admin/adjust-balance",
                "{'userId': '@', 'amount': -$, 'reason': 'once'}",
                "adjustment",
                "posted",
                "70");

        final String path;
        final String body;
        final String kind;
        final String phase;
        final String balanceAfter;

        Operation(String path, String body, String kind, String phase, String balanceAfter) {
            this.path = path;
            this.body = body;
            this.kind = kind;
            this.phase = phase;
            this.balanceAfter = balanceAfter;
        }
    }

    private Answer call(Operation operation, Member member, String amount, String key) {
        return platform.call("POST", operation.path)
                .bearer(operation == Operation.ADJUST ? World.ADMIN : member.token())
                .header("Idempotency-Key", key)
                .json(operation.body.replace("@", member.id()).replace("$", amount))
                .send();
    }

    // Fifty passwords are much for a busy machine.
    private Answer decided(Operation operation, Member member, String amount, String key) {
        return patience.decided(() -> call(operation, member, amount, key));
    }

    private List<Answer> together(int calls, Operation operation, Member member, String key) {
        return Clients.share(
                calls, Collections.nCopies(calls, "30"), amount -> decided(operation, member, amount, key));
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void whoeverIsFirst(Operation operation) {
        Member member = world.memberWith("100");
        String key = World.unique("fifty-");
        long before = booked(operation, member);
        List<Answer> answers = together(CALLS, operation, member, key);
        requireOneEffect(operation, member, answers, before);
        requireRefusedForAnotherBody(operation, member, key, before);
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void afterTheFirstHasFinished(Operation operation) {
        Member member = world.memberWith("100");
        String key = World.unique("fifty-");
        long before = booked(operation, member);
        List<Answer> answers = new ArrayList<>(List.of(decided(operation, member, "30", key)));
        answers.addAll(together(CALLS - 1, operation, member, key));
        requireOneEffect(operation, member, answers, before);
        requireRefusedForAnotherBody(operation, member, key, before);
    }

    private void requireOneEffect(Operation operation, Member member, List<Answer> answers, long before) {
        assertThat(answers).hasSize(CALLS).allSatisfy(answer -> assertThat(answer.status())
                .as("%s", answer)
                .isEqualTo(200));
        assertThat(answers.stream().map(Answer::text).collect(Collectors.toSet()))
                .as("bodies")
                .hasSize(1);
        long replayed = answers.stream()
                .filter(answer -> answer.header("Idempotent-Replayed").equals(Optional.of("true")))
                .count();
        // The one first answer can only be missing where it came too late for the one who asked.
        assertThat(replayed).as("replays").isBetween(CALLS - 1L, patience.repeats() == 0 ? CALLS - 1L : CALLS);
        requireBookedOnce(operation, member, before);
    }

    private void requireRefusedForAnotherBody(Operation operation, Member member, String key, long before) {
        Clients.share(4, List.of("31", "30.01", "29", "1"), amount -> decided(operation, member, amount, key))
                .forEach(other -> {
                    assertThat(other.status()).as("%s", other).isEqualTo(422);
                    assertThat(other.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
                });
        requireBookedOnce(operation, member, before);
    }

    private void requireBookedOnce(Operation operation, Member member, long before) {
        assertThat(booked(operation, member)).as("journal rows").isEqualTo(before + 1);
        assertThat(platform.call("GET", "/profile")
                        .bearer(member.token())
                        .ok()
                        .at("/profile/balance")
                        .asText())
                .isEqualTo(operation.balanceAfter);
    }

    private long booked(Operation operation, Member member) {
        try (Journal journal = new Journal(platform.databaseUrl())) {
            return journal.transfers(operation.kind, operation.phase, member.id());
        }
    }
}
