package io.cloneplatform.premium;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.testing.TestPlatform.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class ExpirySweeperIT {
    @Test
    void endsOfferedAndActiveOnesWhoseTimeHasRunOutAndNoOthers() throws InterruptedException {
        try (PremiumFixture fixture = new PremiumFixture(100)) {
            Member offered = fixture.memberWith(0);
            Member active = fixture.memberWith(0);
            Member open = fixture.memberWith(0);
            List.of(offered, active, open).forEach(member -> fixture.assign(member, 50));
            fixture.accept(active);
            fixture.runOut(offered);
            fixture.runOut(active);
            await(() -> fixture.latestStatus(offered).equals("expired")
                    && fixture.latestStatus(active).equals("expired"));
            assertThat(fixture.user(active).get("accountFrozen").asBoolean()).isFalse();
            assertThat(fixture.user(active).has("premiumAssignment")).isFalse();
            assertThat(fixture.latestStatus(open)).isEqualTo("offered");
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant limit = Instant.now().plus(Duration.ofSeconds(20));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(limit);
            Thread.sleep(20);
        }
    }
}
