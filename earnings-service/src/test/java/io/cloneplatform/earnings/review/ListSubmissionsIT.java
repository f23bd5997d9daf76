package io.cloneplatform.earnings.review;

import static io.cloneplatform.earnings.testing.EarningsPlatform.minor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.testing.EarningsPlatform;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ListSubmissionsIT {
    private static EarningsPlatform earnings;

    @BeforeAll
    static void start() {
        earnings = EarningsPlatform.start("REVIEW_THRESHOLD", "100");
    }

    @AfterAll
    static void stop() {
        earnings.close();
    }

    private static String waiting(Member member, String value) {
        return earnings.submit(member, value).at("/product/id").asText();
    }

    private static JsonNode queue(Map<String, String> params) {
        return earnings.asAdmin(Addresses.EARNINGS_SUBMISSIONS, params);
    }

    private static List<Long> values(JsonNode page) {
        return StreamSupport.stream(page.get("submissions").spliterator(), false)
                .map(submission -> minor(submission.get("value")))
                .toList();
    }

    @Test
    void theQueueShowsWhoWaitsLongestFirstPageByPage() {
        Member member = earnings.member(null);
        List<String> ids = IntStream.range(101, 106)
                .mapToObj(value -> waiting(member, Integer.toString(value)))
                .toList();
        earnings.submit(member, "1");
        earnings.asAdmin(Addresses.EARNINGS_SUBMISSION_REJECT, Map.of("id", ids.get(0)));
        JsonNode first = queue(Map.of("limit", "3"));
        assertThat(values(first)).containsExactly(10_200L, 10_300L, 10_400L);
        assertThat(first.get("total").asInt()).isEqualTo(4);
        assertThat(first.at("/submissions/0/userEmail").asText()).endsWith("@example.com");
        JsonNode rest =
                queue(Map.of("limit", "3", "cursor", first.get("nextCursor").asText()));
        assertThat(values(rest)).containsExactly(10_500L);
        assertThat(rest.get("nextCursor").isNull()).isTrue();
        assertThat(values(queue(Map.of("limit", "3", "offset", "3")))).containsExactly(10_500L);
        assertThat(values(queue(Map.of("status", "rejected")))).containsExactly(10_100L);
        assertThat(values(queue(Map.of("status", "all"))))
                .containsExactly(10_100L, 10_200L, 10_300L, 10_400L, 10_500L, 100L);
        assertThat(values(queue(Map.of("status", "all", "limit", "2", "offset", "4"))))
                .containsExactly(10_500L, 100L);
    }

    @Test
    void aCursorThatWeDidNotMakeIsRefused() {
        for (String cursor : List.of("x", "!", "eA", "MjAyNg")) {
            assertThat(earnings.platform()
                            .refused(
                                    Addresses.EARNINGS_SUBMISSIONS,
                                    TestPlatform.admin(),
                                    Map.of("cursor", cursor),
                                    null))
                    .isEqualTo(ErrorCode.VALIDATION_FAILED);
        }
    }
}
