package io.cloneplatform.earnings.analytics;

import static io.cloneplatform.earnings.testing.EarningsPlatform.minor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.analytics.Months.Month;
import io.cloneplatform.earnings.testing.EarningsPlatform;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AnalyticsIT {
    private static EarningsPlatform earnings;

    @BeforeAll
    static void start() {
        earnings = EarningsPlatform.start();
    }

    @AfterAll
    static void stop() {
        earnings.close();
    }

    private static void earned(Member member, int monthsAgo, String role, long minor) {
        earnings.platform().execute("SET ledger.posting = 'on'");
        earnings.platform()
                .execute(
                        "INSERT INTO ledger_month VALUES (?, (date_trunc('month', now() AT TIME ZONE 'UTC') - make_interval(months => ?))::date, ?, ?, 1)",
                        member.id(),
                        monthsAgo,
                        role,
                        minor);
        earnings.platform().execute("RESET ledger.posting");
    }

    private static void joined(Member member, int monthsAgo) {
        earnings.platform()
                .execute(
                        "UPDATE member SET created_at = now() - make_interval(months => ?) WHERE id = ?",
                        monthsAgo,
                        member.id());
    }

    private static void lastActive(Member member, int daysAgo) {
        earnings.platform().execute("SET ledger.posting = 'on'");
        earnings.platform()
                .execute(
                        "UPDATE ledger_account SET active_on = (now() AT TIME ZONE 'UTC')::date - ? WHERE id = ?",
                        daysAgo,
                        member.id());
        earnings.platform().execute("RESET ledger.posting");
    }

    @Test
    void theTrendHasTwelveMonthsOldestFirstAlsoThoseWithoutAnything() {
        Member member = earnings.member(null);
        joined(member, 3);
        earned(member, 2, "own", 5_000);
        earned(member, 2, "level_1", 700);
        earned(member, 2, "adjustment", 99_999);
        earned(member, 13, "own", 1_000);
        earnings.submit(member, "100");
        JsonNode answer = earnings.read(Addresses.EARNINGS_ANALYTICS, member);
        YearMonth current = YearMonth.now(Clock.systemUTC());
        assertThat(answer.get("trend"))
                .extracting(point -> point.get("month").asText())
                .containsExactlyElementsOf(IntStream.rangeClosed(-11, 0)
                        .mapToObj(i -> current.plusMonths(i).toString())
                        .toList());
        assertThat(answer.get("trend"))
                .extracting(point -> minor(point.get("earned")))
                .containsExactly(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 5_700L, 0L, 8_000L);
        assertThat(minor(answer.get("averageMonthlyEarnings"))).isEqualTo(13_700 / 4);
        assertThat(minor(answer.at("/levelBreakdown/level_1"))).isEqualTo(700);
        assertTwice(answer, "analytics");
    }

    @Test
    void theAverageCountsTheMonthsSinceJoiningTwelveAtMost() {
        List<Month> year = IntStream.rangeClosed(1, 12)
                .mapToObj(i -> new Month(YearMonth.of(2026, i).toString(), 0, new Money(100), Money.ZERO))
                .toList();
        assertThat(ReadAnalytics.average(LocalDate.of(2020, 1, 1), year)).isEqualTo(new Money(100));
        assertThat(ReadAnalytics.average(LocalDate.of(2026, 12, 31), year)).isEqualTo(new Money(1_200));
        assertThat(ReadAnalytics.average(LocalDate.of(2026, 6, 30), year)).isEqualTo(new Money(171));
        assertThat(ReadAnalytics.average(LocalDate.of(2027, 1, 1), year)).isEqualTo(new Money(1_200));
    }

    @Test
    void theMonthlyReportStartsWithTheCurrentMonth() {
        Member parent = earnings.member(null);
        Member child = earnings.member(parent);
        earnings.submit(parent, "100");
        earnings.submit(parent, "50");
        earnings.submit(child, "10");
        earned(parent, 1, "level_2", 300);
        JsonNode answer = earnings.read(Addresses.EARNINGS_MONTHLY_REPORT, parent);
        assertThat(answer.get("monthlyReport")).hasSize(12);
        assertThat(answer.get("currentMonth")).isEqualTo(answer.at("/monthlyReport/0"));
        assertThat(answer.at("/currentMonth/products").asInt()).isEqualTo(2);
        assertThat(minor(answer.at("/currentMonth/earned"))).isEqualTo(12_100);
        assertThat(minor(answer.at("/currentMonth/fromChildren"))).isEqualTo(100);
        assertThat(minor(answer.at("/monthlyReport/1/fromChildren"))).isEqualTo(300);
    }

    @Test
    void theNetworkIsCountedByLevelWithWhoWasActive() {
        List<Member> line = earnings.line(5);
        Member root = line.get(0);
        earnings.member(root);
        earnings.submit(line.get(1), "10");
        earnings.submit(line.get(3), "10");
        earnings.submit(line.get(2), "10");
        lastActive(line.get(2), 31);
        JsonNode answer = earnings.read(Addresses.EARNINGS_NETWORK, root);
        assertThat(answer.get("directChildren").asInt()).isEqualTo(2);
        assertTwice(answer, "network");
        assertThat(answer.get("indirectReferrals").asInt()).isEqualTo(2);
        assertThat(answer.get("totalNetworkSize").asInt()).isEqualTo(4);
        assertThat(answer.at("/networkByLevel/level_3").asInt()).isEqualTo(1);
        assertThat(answer.get("activePercentage").decimalValue()).isEqualByComparingTo("50");
        assertThat(earnings.read(Addresses.EARNINGS_NETWORK, earnings.member(null))
                        .get("activePercentage")
                        .asInt())
                .isZero();
    }

    // Old clients of some routes look into an envelope, others at the top level.
    private static void assertTwice(JsonNode answer, String envelope) {
        assertThat(answer.get(envelope).properties())
                .isNotEmpty()
                .allSatisfy(field -> assertThat(answer.get(field.getKey())).isEqualTo(field.getValue()));
    }
}
