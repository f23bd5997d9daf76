package io.cloneplatform.earnings.admin;

import static io.cloneplatform.earnings.testing.EarningsPlatform.minor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.testing.EarningsPlatform;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlatformMetricsIT {
    private EarningsPlatform earnings;

    @BeforeEach
    void start() {
        earnings = EarningsPlatform.start();
    }

    @AfterEach
    void stop() {
        earnings.assertBooksBalance();
        earnings.close();
    }

    @Test
    void metricsShowWhatIsOwedAndWhatCoversIt() {
        assertThat(metrics().get("coverage").isNull()).isTrue();
        List<Member> line = earnings.line(2);
        earnings.submit(line.get(1), "100");
        earnings.submit(line.get(1), "20000");
        earnings.asAdmin(Addresses.EARNINGS_FUNDING, "{'amount':45,'reference':'a'}");
        withdraw(line.get(1), 1_000);
        JsonNode metrics = metrics();
        assertThat(metrics.get("totalUsers").asInt()).isEqualTo(2);
        assertThat(metrics.get("activeUsers").asInt()).isEqualTo(1);
        assertThat(minor(metrics.get("totalRevenue"))).isEqualTo(10_000);
        assertThat(minor(metrics.get("memberLiabilities"))).isEqualTo(9_000);
        assertThat(minor(metrics.get("platformFunds"))).isEqualTo(4_500);
        assertThat(metrics.get("coverage").decimalValue()).isEqualByComparingTo("0.5");
        assertThat(minor(metrics.get("pendingWithdrawals"))).isEqualTo(1_000);
        assertThat(metrics.get("pendingWithdrawalCount").asInt()).isEqualTo(1);
        assertThat(minor(metrics.get("totalPayouts"))).isZero();
        earnings.platform()
                .execute(
                        "UPDATE kv_store_44a642d3 SET value = jsonb_set(value, '{status}', '\"approved\"') WHERE key LIKE 'withdrawal:%'");
        assertThat(minor(metrics().get("totalPayouts"))).isEqualTo(1_000);
        assertThat(minor(metrics().get("memberLiabilities"))).isEqualTo(8_000);
        assertThat(minor(metrics().get("platformFunds"))).isEqualTo(3_500);
    }

    @Test
    void metricsCountWhatWaitsForSomebody() {
        Member member = earnings.member(null);
        put("ticket:1", "{'status':'open'}");
        put("ticket:2", "{'status':'closed'}");
        assign(member, "'status':'active','expiresAt':'2999-01-01T00:00:00.000Z'");
        assign(earnings.member(null), "'status':'offered','expiresAt':'2020-01-01T00:00:00.000Z'");
        put("premium:" + member.id() + ":2", "{'status':'revoked'}");
        earnings.platform()
                .execute(
                        "UPDATE kv_store_44a642d3 SET value = value || '{\"accountFrozen\":true}' WHERE key = ?",
                        "user:" + member.id());
        JsonNode metrics = metrics();
        assertThat(metrics.get("openTickets").asInt()).isEqualTo(1);
        assertThat(metrics.get("premiumAssignments").asInt()).isEqualTo(1);
        assertThat(metrics.get("frozenAccounts").asInt()).isEqualTo(1);
    }

    @Test
    void coverageIsNeverRoundedUp() {
        assertThat(PlatformMetrics.ratio(new Money(2), new Money(3))).isEqualByComparingTo("0.6666");
        assertThat(PlatformMetrics.ratio(new Money(-1), new Money(3))).isEqualByComparingTo("-0.3334");
    }

    private JsonNode metrics() {
        return earnings.asAdmin(Addresses.EARNINGS_METRICS, Map.of()).get("metrics");
    }

    private void put(String key, String value) {
        earnings.platform()
                .execute(
                        "INSERT INTO kv_store_44a642d3 (key, value) VALUES (?, ?::jsonb)",
                        key,
                        value.replace('\'', '"'));
    }

    private void assign(Member member, String fields) {
        String assignment = "{'id':'1','userId':'" + member.id() + "'," + fields + "}";
        put("premium:" + member.id() + ":1", assignment);
        earnings.platform()
                .execute(
                        "UPDATE kv_store_44a642d3 SET value = value || jsonb_build_object('premiumAssignment', ?::jsonb) WHERE key = ?",
                        assignment.replace('\'', '"'),
                        "user:" + member.id());
    }

    private void withdraw(Member member, long minor) {
        UUID id = UUID.randomUUID();
        earnings.platform()
                .execute("SELECT ledger_hold(?, ?, ?, 'withdrawal', ?)", id, member.id(), minor, id.toString());
        put(
                "withdrawal:" + member.id() + ":" + id,
                "{'id':'" + id + "','userId':'" + member.id() + "','amount':" + minor / 100 + ",'status':'pending'}");
    }
}
