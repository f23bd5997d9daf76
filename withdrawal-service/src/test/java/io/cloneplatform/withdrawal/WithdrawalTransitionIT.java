package io.cloneplatform.withdrawal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestPlatform.Member;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of transitions, and that the database holds the same one. */
class WithdrawalTransitionIT {
    private static WithdrawalFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new WithdrawalFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static Set<WithdrawalStatus> reachableFrom(WithdrawalStatus from) {
        return Arrays.stream(WithdrawalTransition.values())
                .filter(transition -> transition.from() == from)
                .map(WithdrawalTransition::to)
                .collect(Collectors.toSet());
    }

    @Test
    void everyStateButTheFirstIsReachedAndFinal() {
        assertThat(reachableFrom(WithdrawalStatus.PENDING))
                .containsExactlyInAnyOrder(
                        WithdrawalStatus.APPROVED, WithdrawalStatus.DENIED, WithdrawalStatus.CANCELLED);
        assertThat(Arrays.stream(WithdrawalStatus.values()).filter(status -> status != WithdrawalStatus.PENDING))
                .allSatisfy(closed -> assertThat(reachableFrom(closed)).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(WithdrawalStatus.class)
    void theDatabaseTakesTheSameEdges(WithdrawalStatus from) {
        for (WithdrawalStatus to : WithdrawalStatus.values()) {
            if (from == to) {
                continue;
            }
            String key = withdrawalIn(from);
            ThrowingCallable typed = () -> type(key, to);
            if (reachableFrom(from).contains(to)) {
                assertThatCode(typed).as("%s -> %s", from, to).doesNotThrowAnyException();
            } else {
                assertThatThrownBy(typed).as("%s -> %s", from, to).hasMessageContaining("is " + from.text());
            }
        }
    }

    private static String withdrawalIn(WithdrawalStatus status) {
        Member member = fixture.memberWith(100);
        String key = Keys.withdrawal(member.id(), fixture.pending(member, "1"));
        if (status != WithdrawalStatus.PENDING) {
            type(key, status);
        }
        return key;
    }

    private static void type(String key, WithdrawalStatus status) {
        fixture.platform.execute(
                "UPDATE kv_store_44a642d3 SET value = jsonb_set(value, '{status}', to_jsonb(?::text)) WHERE key = ?",
                status.text(),
                key);
    }
}
