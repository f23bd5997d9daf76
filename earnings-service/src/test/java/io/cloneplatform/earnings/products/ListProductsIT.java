package io.cloneplatform.earnings.products;

import static io.cloneplatform.earnings.testing.EarningsPlatform.minor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.testing.EarningsPlatform;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ListProductsIT {
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
    void listsOwnSubmissionsNewestFirstPageByPage() {
        Member member = earnings.member(null);
        earnings.submit(earnings.member(null), "7");
        for (String value : List.of("1", "2", "3")) {
            earnings.submit(member, value);
        }
        JsonNode first = products(member, Map.of("limit", "2"));
        assertThat(first.get("total").asInt()).isEqualTo(3);
        assertThat(first.get("products"))
                .extracting(product -> minor(product.get("value")))
                .containsExactly(300L, 200L);
        JsonNode second = products(
                member, Map.of("limit", "2", "cursor", first.get("nextCursor").asText()));
        assertThat(second.get("products"))
                .extracting(product -> minor(product.get("value")))
                .containsExactly(100L);
        assertThat(second.get("nextCursor").isNull()).isTrue();
        assertThat(products(member, Map.of("limit", "2", "offset", "2")).get("products"))
                .hasSize(1);
    }

    @Test
    void aCursorOfAnotherMembersListIsRefused() {
        Member owner = earnings.member(null);
        earnings.submit(owner, "1");
        earnings.submit(owner, "2");
        String cursor = products(owner, Map.of("limit", "1")).get("nextCursor").asText();
        assertThat(earnings.platform()
                        .refused(
                                Addresses.EARNINGS_PRODUCTS,
                                earnings.member(null).caller(),
                                Map.of("cursor", cursor),
                                Json.object()))
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
    }

    private static JsonNode products(Member member, Map<String, String> params) {
        return earnings.platform().ok(Addresses.EARNINGS_PRODUCTS, member.caller(), params, null);
    }
}
