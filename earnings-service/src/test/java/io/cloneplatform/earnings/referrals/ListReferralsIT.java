package io.cloneplatform.earnings.referrals;

import static io.cloneplatform.earnings.testing.EarningsPlatform.minor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.testing.EarningsPlatform;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListReferralsIT {
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
    void showsEachChildWithWhatTheyBroughtAndTheTotals() {
        Member parent = earnings.member(null);
        List<Member> children =
                IntStream.range(0, 3).mapToObj(i -> earnings.member(parent)).toList();
        earnings.submit(children.get(0), "100");
        earnings.submit(children.get(1), "55.5");
        earnings.submit(earnings.member(children.get(0)), "100");
        JsonNode first =
                earnings.platform().ok(Addresses.EARNINGS_REFERRALS, parent.caller(), Map.of("limit", "2"), null);
        assertThat(first.get("totalChildren").asInt()).isEqualTo(3);
        assertThat(first.get("total").asInt()).isEqualTo(3);
        assertThat(minor(first.get("totalSharedProfit"))).isEqualTo(1_555);
        JsonNode newest = first.at("/referrals/0");
        assertThat(newest.get("childId").asText())
                .isEqualTo(children.get(2).id().toString());
        assertThat(newest.get("lastProductAt").isNull()).isTrue();
        JsonNode rest = earnings.platform()
                .ok(
                        Addresses.EARNINGS_REFERRALS,
                        parent.caller(),
                        Map.of("limit", "2", "cursor", first.get("nextCursor").asText()),
                        null);
        assertThat(rest.get("referrals")).hasSize(1);
        assertThat(minor(rest.at("/referrals/0/totalSharedProfit"))).isEqualTo(1_000);
        assertThat(rest.at("/referrals/0/childName").asText())
                .isEqualTo(children.get(0).name());
        assertThat(rest.at("/referrals/0/lastProductAt").asText()).endsWith("Z");
    }

    @Test
    void neverShowsAnAddressNorTheNameOfTheDayTheLinkWasMade() {
        Member parent = earnings.member(null);
        Member child = earnings.member(parent);
        earnings.platform()
                .execute("UPDATE member SET name = 'Joan', email = 'joan@new.example' WHERE id = ?", child.id());
        JsonNode answer = earnings.read(Addresses.EARNINGS_REFERRALS, parent);
        assertThat(answer.at("/referrals/0/childName").asText()).isEqualTo("Joan");
        assertThat(answer.at("/referrals/0/childEmail").asText()).isEqualTo("j***@new.example");
    }

    @ParameterizedTest
    @CsvSource({
        "joan@example.com,j***@example.com",
        "j@x.y,j***@x.y",
        "nonsense,***",
        "@x.y,***",
        "\uD83D\uDE00a@x.y,\uD83D\uDE00***@x.y"
    })
    void masksAllButTheFirstCharacter(String email, String masked) {
        assertThat(MaskedEmail.of(email)).isEqualTo(masked);
    }
}
