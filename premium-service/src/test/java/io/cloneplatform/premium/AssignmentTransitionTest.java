package io.cloneplatform.premium;

import static io.cloneplatform.premium.assignment.AssignmentStatus.ACTIVE;
import static io.cloneplatform.premium.assignment.AssignmentStatus.COMPLETED;
import static io.cloneplatform.premium.assignment.AssignmentStatus.DECLINED;
import static io.cloneplatform.premium.assignment.AssignmentStatus.EXPIRED;
import static io.cloneplatform.premium.assignment.AssignmentStatus.OFFERED;
import static io.cloneplatform.premium.assignment.AssignmentStatus.REVOKED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloneplatform.common.json.Money;
import io.cloneplatform.premium.assignment.Assignment;
import io.cloneplatform.premium.assignment.AssignmentStatus;
import io.cloneplatform.premium.assignment.AssignmentTransition;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AssignmentTransitionTest {
    private static final String NOW = "2026-03-05T18:00:00.000Z";
    private static final Map<AssignmentStatus, Set<AssignmentStatus>> EDGES = Map.of(
            OFFERED, Set.of(ACTIVE, DECLINED, REVOKED, EXPIRED),
            ACTIVE, Set.of(COMPLETED, DECLINED, REVOKED, EXPIRED),
            COMPLETED, Set.of(),
            DECLINED, Set.of(),
            REVOKED, Set.of(),
            EXPIRED, Set.of());

    private static Assignment in(AssignmentStatus status) {
        return new Assignment("a", "u", "e", "n", new Money(100), 1, status, "a", "x", null, null);
    }

    @ParameterizedTest
    @EnumSource(AssignmentStatus.class)
    void everyStateHasExactlyTheEdgesOfTheContract(AssignmentStatus from) {
        Set<AssignmentStatus> reachable = Arrays.stream(AssignmentTransition.values())
                .filter(transition -> transition.leaves(from))
                .map(AssignmentTransition::to)
                .collect(Collectors.toSet());
        assertThat(reachable).isEqualTo(EDGES.get(from));
        assertThat(from.open()).isEqualTo(!reachable.isEmpty());
    }

    @ParameterizedTest
    @EnumSource(AssignmentTransition.class)
    void anEventThatCannotHappenIsRefused(AssignmentTransition transition) {
        for (AssignmentStatus status : AssignmentStatus.values()) {
            if (transition.leaves(status)) {
                assertThat(in(status).after(transition, NOW).status()).isEqualTo(transition.to());
            } else {
                assertThatThrownBy(() -> in(status).after(transition, NOW)).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @Test
    void eventsLeaveTheirTimes() {
        Assignment accepted = in(OFFERED).after(AssignmentTransition.ACCEPT, NOW);
        assertThat(accepted.acceptedAt()).isEqualTo(NOW);
        assertThat(accepted.endedAt()).isNull();
        Assignment declined = accepted.after(AssignmentTransition.DECLINE, "later");
        assertThat(declined.acceptedAt()).isEqualTo(NOW);
        assertThat(declined.endedAt()).isEqualTo("later");
    }
}
