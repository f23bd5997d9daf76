package io.cloneplatform.earnings.summary;

import static io.cloneplatform.earnings.testing.EarningsPlatform.minor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.testing.EarningsPlatform;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReadEarningsIT {
    private static EarningsPlatform earnings;

    @BeforeAll
    static void start() {
        earnings = EarningsPlatform.start();
    }

    @AfterAll
    static void stop() {
        earnings.close();
    }

    @Test
    void addsUpWhatCameFromEachLevelInBothPlaces() {
        List<Member> line = earnings.line(4);
        line.forEach(member -> earnings.submit(member, "100"));
        earnings.member(line.get(0));
        JsonNode answer = earnings.read(Addresses.EARNINGS_MULTILEVEL, line.get(0));
        for (JsonNode place : List.of(answer, answer.get("earnings"))) {
            assertThat(minor(place.get("balance"))).isEqualTo(10_000);
            assertThat(minor(place.get("totalEarned"))).isEqualTo(10_000);
            assertThat(minor(place.get("fromDirectChildren"))).isEqualTo(1_000);
            assertThat(minor(place.get("fromIndirectReferrals"))).isEqualTo(1_000);
            assertThat(minor(place.get("totalFromChildren"))).isEqualTo(2_000);
            assertThat(place.get("childCount").asInt()).isEqualTo(2);
            assertThat(place.get("parentUserId").isNull()).isTrue();
            assertThat(minor(place.at("/byLevel/level_1"))).isEqualTo(1_000);
            assertThat(minor(place.at("/byLevel/level_2"))).isEqualTo(500);
            assertThat(minor(place.at("/byLevel/level_3"))).isEqualTo(500);
        }
        JsonNode child = earnings.read(Addresses.EARNINGS_SUMMARY, line.get(1));
        assertThat(child.at("/earnings/parentUserId").asText())
                .isEqualTo(line.get(0).id().toString());
        assertThat(child.has("byLevel")).isFalse();
    }

    @Test
    void aNewMemberHasNothing() {
        JsonNode answer = earnings.read(Addresses.EARNINGS_SUMMARY, earnings.member(null));
        assertThat(answer.get("success").asBoolean()).isTrue();
        assertThat(minor(answer.get("balance"))).isZero();
        assertThat(answer.get("childCount").asInt()).isZero();
    }

    @Test
    void anImportedHistoryCountsForItsLevel() {
        Member member = earnings.member(null);
        earnings.platform()
                .execute(
                        "SELECT ledger_transfer_post(gen_random_uuid(), 'opening', ?, NULL, ARRAY[?, 'ffffffff-ffff-ffff-ffff-fffffffffff2']::uuid[], ARRAY['opening_level_2', 'source'], ARRAY[700, -700]::bigint[], ARRAY[700, 0]::bigint[])",
                        member.id().toString(),
                        member.id());
        JsonNode answer = earnings.read(Addresses.EARNINGS_MULTILEVEL, member);
        assertThat(minor(answer.at("/byLevel/level_2"))).isEqualTo(700);
        assertThat(minor(answer.get("fromIndirectReferrals"))).isEqualTo(700);
    }

    @Test
    void whoDoesNotExistIsNotAnswered() {
        Member nobody = new Member(UUID.randomUUID(), "nobody", null);
        for (String address : List.of(
                Addresses.EARNINGS_SUMMARY,
                Addresses.EARNINGS_MULTILEVEL,
                Addresses.EARNINGS_ANALYTICS,
                Addresses.EARNINGS_BONUSES)) {
            assertThat(earnings.platform().refused(address, nobody.caller(), Map.of(), null))
                    .isEqualTo(ErrorCode.UNAUTHENTICATED);
        }
    }
}
