package io.cloneplatform.withdrawal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestPlatform.Member;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The database holds the table of transitions too, for whoever types at it. */
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

    @ParameterizedTest
    @EnumSource(WithdrawalStatus.class)
    void theDatabaseTakesTheSameEdges(WithdrawalStatus from) {
        for (WithdrawalStatus to : WithdrawalStatus.values()) {
            if (from == to) {
                continue;
            }
            String key = withdrawalIn(from);
            ThrowingCallable typed = () -> type(key, to);
            if (WithdrawalTransitionTest.reachableFrom(from).contains(to)) {
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
