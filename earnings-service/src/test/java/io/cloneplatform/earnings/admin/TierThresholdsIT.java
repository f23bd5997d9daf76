package io.cloneplatform.earnings.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.EarningsService;
import io.cloneplatform.earnings.testing.EarningsPlatform;
import java.util.List;
import org.junit.jupiter.api.Test;

class TierThresholdsIT {
    @Test
    void newThresholdsMoveMembersAtOnce() {
        try (EarningsPlatform earnings = EarningsPlatform.start()) {
            Member member = earnings.member(null);
            earnings.submit(member, "1000");
            assertThat(earnings.user(member).get("vipTier").asText()).isEqualTo("Silver");
            earnings.platform()
                    .another(List.of(new EarningsService()), "TIER_THRESHOLDS", "100,700,5000,10000")
                    .close();
            assertThat(earnings.user(member).get("vipTier").asText()).isEqualTo("Gold");
            earnings.assertBooksBalance();
        }
    }
}
