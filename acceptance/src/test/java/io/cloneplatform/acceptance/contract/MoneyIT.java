package io.cloneplatform.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.acceptance.contract.World.Member;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Money on the wire: plain decimal numbers with at most two decimals, in both directions, exactly. */
@ExtendWith(RunningPlatform.Shared.class)
class MoneyIT {
    private final RunningPlatform platform;
    private final World world;

    MoneyIT(RunningPlatform platform) {
        this.platform = platform;
        this.world = new World(platform);
    }

    private Answer adjust(Member member, String amount) {
        return world.admin("POST", "/admin/adjust-balance")
                .json("{'userId': '" + member.id() + "', 'amount': " + amount + ", 'reason': 'test'}")
                .send();
    }

    /** The characters of a number as they crossed the wire. */
    private static String written(String json, String field) {
        Matcher matcher = Pattern.compile("\"" + field + "\":([^,}]+)").matcher(json);
        assertThat(matcher.find()).as("%s in %s", field, json).isTrue();
        return matcher.group(1);
    }

    @ParameterizedTest
    @CsvSource({
        "0.01, 0.01",
        "12.5, 12.5",
        "12.50, 12.5",
        "1, 1",
        "1.00, 1",
        "100, 100",
        "19.99, 19.99",
        "0.07, 0.07",
        "4.35, 4.35",
        "1000000, 1000000",
        "999999999999.99, 999999999999.99",
        "1000000000000, 1000000000000"
    })
    void isWrittenPlainlyAndExactly(String sent, String received) {
        Member member = world.member();
        Answer answer = adjust(member, sent);
        answer.ok();
        assertThat(written(answer.text(), "newBalance")).isEqualTo(received);
        String profile =
                platform.call("GET", "/profile").bearer(member.token()).send().text();
        assertThat(written(profile, "balance")).isEqualTo(received);
        adjust(member, "-" + sent).ok();
        assertThat(written(
                        platform.call("GET", "/earnings")
                                .bearer(member.token())
                                .send()
                                .text(),
                        "balance"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.001", "12.345", "0.010000000000000000000000001", "1e2", "1E2", "1.0e1", "1e-2", "1e400", "NaN",
                "Infinity", "-Infinity", "1000000000000.01", "1e13", "10000000000000", "\"5\"", "null", "true", "[5]",
                "05", "+5", ".5", "5.", "0x5", "1_000", "1,000"
            })
    void isRefusedInEveryOtherForm(String amount) {
        Answer answer = adjust(world.anyMember(), amount);
        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        assertThat(answer.fields()).as("%s", answer).isNotEmpty();
        Answer submitted = platform.call("POST", "/submit-product")
                .bearer(world.anyMember().token())
                .json("{'productName': 'Lamp', 'productValue': " + amount + "}")
                .send();
        assertThat(submitted.status()).as("%s", submitted).isEqualTo(400);
        Answer withdrawal = platform.call("POST", "/withdrawals")
                .bearer(world.anyMember().token())
                .json("{'amount': " + amount + ", 'withdrawalPassword': '" + World.WITHDRAWAL_PASSWORD + "'}")
                .send();
        assertThat(withdrawal.status()).as("%s", withdrawal).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "-0.01", "0.00"})
    void isPositiveWhereItIsAskedFor(String amount) {
        Answer withdrawal = platform.call("POST", "/withdrawals")
                .bearer(world.anyMember().token())
                .json("{'amount': " + amount + ", 'withdrawalPassword': '" + World.WITHDRAWAL_PASSWORD + "'}")
                .send();
        assertThat(withdrawal.status()).isEqualTo(400);
        assertThat(withdrawal.fields()).containsExactly("amount");
    }

    @Test
    void isSplitToTheCentWithNothingLeftOver() {
        Member top = world.member();
        Member second = world.childOf(top);
        Member third = world.childOf(second);
        Member last = world.childOf(third);
        Answer answer = platform.call("POST", "/submit-product")
                .bearer(last.token())
                .json("{'productName': 'Lamp', 'productValue': 99.99}")
                .send();
        assertThat(written(answer.text(), "userEarned")).isEqualTo("79.99");
        assertThat(answer.ok().at("/product/commissionsCascade")).hasSize(3);
        assertThat(balance(third) + " " + balance(second) + " " + balance(top)).isEqualTo("10 5 5");
    }

    private String balance(Member member) {
        return written(
                platform.call("GET", "/profile").bearer(member.token()).send().text(), "balance");
    }

    @Test
    void neverGoesBelowZero() {
        Member member = world.memberWith("10");
        Answer answer = adjust(member, "-10.01");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("INSUFFICIENT_BALANCE");
        Answer withdrawal = platform.call("POST", "/withdrawals")
                .bearer(member.token())
                .json("{'amount': 10.01, 'withdrawalPassword': '" + World.WITHDRAWAL_PASSWORD + "'}")
                .send();
        assertThat(withdrawal.json().path("error").asText()).isEqualTo("Insufficient balance. Available: $10.00");
        assertThat(balance(member)).isEqualTo("10");
    }

    @Test
    void mayGrowBeyondWhatOneRequestMayName() {
        Member member = world.member();
        String adjustment = "{'userId': '" + member.id() + "', 'amount': 1000000000000, 'reason': 'Opening balance'}";
        for (int i = 0; i < 2; i++) {
            world.admin("POST", "/admin/adjust-balance").json(adjustment).ok();
        }
        world.admin("POST", "/admin/premium")
                .json("{'userId': '" + member.id() + "', 'amount': 10, 'position': 1}")
                .ok();
        BigDecimal both = new BigDecimal("2000000000000");
        for (String path : List.of("/profile", "/earnings", "/analytics/earnings")) {
            JsonNode answer = platform.call("GET", path).bearer(member.token()).ok();
            assertThat(answer.get("balance").decimalValue()).as(path).isEqualByComparingTo(both);
        }
        for (String path :
                List.of("/admin/users", "/admin/premium/list", "/admin/premium/analytics", "/admin/metrics")) {
            world.admin("GET", path).ok();
        }
        String all = adjustment.replace("1000000000000", "-1000000000000");
        for (int i = 0; i < 2; i++) {
            world.admin("POST", "/admin/adjust-balance").json(all).ok();
        }
    }
}
