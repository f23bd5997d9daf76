package io.cloneplatform.withdrawal;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.json.Json;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of transitions: a withdrawal that has ended never moves again. */
class WithdrawalTransitionTest {
    static Set<WithdrawalStatus> reachableFrom(WithdrawalStatus from) {
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
    @CsvSource({"APPROVE, APPROVED", "DENY, DENIED", "CANCEL, CANCELLED"})
    void eachEventLeadsFromPendingToItsOwnState(WithdrawalTransition event, WithdrawalStatus state) {
        assertThat(event.from()).isEqualTo(WithdrawalStatus.PENDING);
        assertThat(event.to()).isEqualTo(state);
    }

    @ParameterizedTest
    @EnumSource(WithdrawalStatus.class)
    void aStateIsReadByTheNameItIsWrittenUnder(WithdrawalStatus status) {
        assertThat(WithdrawalStatus.named(status.text())).contains(status);
        assertThat(Json.text(status)).isEqualTo("\"" + status.text() + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PENDING", "paid", "approve", "pending "})
    void nothingElseIsTheNameOfAState(String text) {
        assertThat(WithdrawalStatus.named(text)).isEmpty();
    }
}
