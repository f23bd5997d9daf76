package io.cloneplatform.support.faq;

import static io.cloneplatform.common.testing.TestPlatform.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.launch.Platform;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.support.SupportService;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FaqIT {
    private static final Caller PUBLIC = Caller.anonymous("127.0.0.1");
    private static final Caller ADMIN = TestPlatform.admin();
    private static TestPlatform platform;

    @BeforeAll
    static void start() {
        platform = TestPlatform.start(List.of(new SupportService()));
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static JsonNode list(Map<String, String> params) {
        return platform.ok(Addresses.SUPPORT_FAQ, PUBLIC, params, null);
    }

    @Test
    void aSearchForNothingFindsEverything() {
        JsonNode all = platform.ok(Addresses.SUPPORT_FAQ, PUBLIC, Map.of(), null);
        for (String blank : List.of("", "  ")) {
            JsonNode found = search(blank);
            assertThat(found.get("results")).isEqualTo(all.get("faqs"));
            assertThat(found.get("total")).isEqualTo(all.get("total"));
        }
        JsonNode bonuses =
                platform.ok(Addresses.SUPPORT_FAQ_SEARCH, PUBLIC, Map.of("q", "", "category", "Bonuses"), null);
        assertThat(bonuses.get("total").asInt()).isEqualTo(1);
    }

    private static JsonNode search(String words) {
        return platform.ok(Addresses.SUPPORT_FAQ_SEARCH, PUBLIC, Map.of("q", words), null);
    }

    private static JsonNode create(String category, String question, String answer) {
        JsonNode body = Json.object()
                .put("category", category)
                .put("question", question)
                .put("answer", answer);
        return platform.ok(Addresses.SUPPORT_FAQ_CREATE, ADMIN, Map.of(), body).get("faq");
    }

    private static Map<String, String> id(JsonNode faq) {
        return Map.of("id", faq.get("id").asText());
    }

    private static void delete(JsonNode faq) {
        platform.ok(Addresses.SUPPORT_FAQ_DELETE, ADMIN, id(faq), null);
    }

    @Test
    void eightQuestionsComeWithThePlatformInTheirOrder() {
        JsonNode faqs = list(Map.of()).get("faqs");
        assertThat(faqs.findValuesAsText("category").subList(0, 8))
                .containsExactly(
                        "Getting Started",
                        "Withdrawals",
                        "Commissions",
                        "VIP Tiers",
                        "Referrals",
                        "Bonuses",
                        "Products",
                        "Support");
        assertThat(faqs.get(0).get("views").asInt()).isZero();
        assertThat(faqs.get(0).get("order").asInt()).isEqualTo(1);
    }

    @Test
    void anInstallationIsSeededOnceWhateverAdminsRemove() {
        try (TestPlatform fresh = TestPlatform.start(List.of(new SupportService(), new SupportService()))) {
            JsonNode faqs = fresh.ok(Addresses.SUPPORT_FAQ, PUBLIC, Map.of(), null);
            assertThat(faqs.get("total").asInt()).isEqualTo(8);
            fresh.ok(Addresses.SUPPORT_FAQ_DELETE, ADMIN, id(faqs.at("/faqs/3")), null);
            fresh.ok(Addresses.SUPPORT_FAQ_UPDATE, ADMIN, id(faqs.at("/faqs/0")), json("{'answer': 'Ours'}"));
            PlatformConfig config =
                    PlatformConfig.read(Map.of("HTTP_PORT", "0", "MANAGEMENT_PORT", "0", "DATABASE_URL", fresh.url()));
            try (Platform again = Platform.start(config, "again", List.of(new SupportService()))) {
                assertThat(again).isNotNull();
            }
            JsonNode after = fresh.ok(Addresses.SUPPORT_FAQ, PUBLIC, Map.of(), null);
            assertThat(after.get("total").asInt()).isEqualTo(7);
            assertThat(after.at("/faqs/0/answer").asText()).isEqualTo("Ours");
        }
    }

    @Test
    void theListIsFilteredByCategoryInAnyCaseAndLimited() {
        assertThat(list(Map.of("category", "vip tiers")).at("/faqs/0/category").asText())
                .isEqualTo("VIP Tiers");
        assertThat(list(Map.of("category", "nothing")).get("total").asInt()).isZero();
        JsonNode two = list(Map.of("limit", "2"));
        assertThat(two.get("faqs")).hasSize(2);
        assertThat(two.get("total").asInt()).isGreaterThanOrEqualTo(8);
    }

    @Test
    void searchFindsWordsInAllTheirFormsAndRanksTheQuestionFirst() {
        JsonNode low = create("Zoo", "Another thing", "Elephants are large.");
        JsonNode high = create("Zoo", "What does an elephant eat?", "Grass.");
        assertThat(search("elephant eating").get("results").findValuesAsText("id"))
                .containsExactly(high.get("id").asText());
        assertThat(search("elephants").get("results").findValuesAsText("id"))
                .containsExactly(high.get("id").asText(), low.get("id").asText());
        assertThat(search("withdrawing").at("/results/0/category").asText()).isEqualTo("Withdrawals");
        assertThat(list(Map.of("search", "elephants", "category", "zoo", "limit", "1"))
                        .get("total")
                        .asInt())
                .isEqualTo(2);
        assertThat(platform.ok(
                                Addresses.SUPPORT_FAQ_SEARCH,
                                PUBLIC,
                                Map.of("q", "elephants", "category", "Bonuses"),
                                null)
                        .get("total")
                        .asInt())
                .isZero();
        delete(low);
        delete(high);
    }

    @Test
    void searchKnowsTheBeginningOfAWordAndTextAsItIs() {
        assertThat(search("commis").at("/results/0/category").asText()).isEqualTo("Commissions");
        assertThat(search("10 %").get("results").findValuesAsText("category")).contains("Commissions");
        assertThat(search("do I").get("total").asInt()).isGreaterThan(0);
        assertThat(search("xyzzy").get("total").asInt()).isZero();
    }

    @Test
    void noSearchIsMalformed() {
        List<String> nasty = List.of(
                "'",
                "\"",
                "\\",
                "%",
                "_",
                "&",
                "|",
                "!",
                "(",
                ")",
                ":*",
                "<->",
                "a & | b",
                "!!a",
                "''' or 1=1 --",
                "\0",
                "a\0b",
                "💸",
                "日本語",
                "\ud83d",
                "-a",
                "\"un finished",
                "a:*b",
                "http://x/?y=1#z",
                "x".repeat(9000),
                "1e5 3.14 -7",
                "a".repeat(3) + "💸".repeat(300),
                "\t\n");
        for (String text : nasty) {
            for (String address : List.of(Addresses.SUPPORT_FAQ, Addresses.SUPPORT_FAQ_SEARCH)) {
                Reply reply = platform.send(address, PUBLIC, Map.of("q", text, "search", text), null, null)
                        .await();
                assertThat(reply instanceof Reply.Refused refused ? refused.code() : ErrorCode.VALIDATION_FAILED)
                        .as(text)
                        .isEqualTo(ErrorCode.VALIDATION_FAILED);
            }
        }
        Random random = new Random(7);
        String alphabet = "ab1 '\"\\%_&|!():*<->@$§é日💸\u200b.,;/?#=+~`^[]{}";
        int[] characters = alphabet.codePoints().toArray();
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder("x");
            random.ints(12, 0, characters.length).forEach(c -> text.appendCodePoint(characters[c]));
            search(text.toString());
        }
    }

    @Test
    void adminsAddChangeAndRemoveQuestions() {
        JsonNode made = create("Zoo", "Is there a zoo?", "No.");
        assertThat(made.get("views").asInt()).isZero();
        assertThat(made.get("order").asInt()).isGreaterThan(8);
        JsonNode changed = platform.ok(
                        Addresses.SUPPORT_FAQ_UPDATE, ADMIN, id(made), json("{'answer': 'Yes.', 'order': 0}"))
                .get("faq");
        assertThat(changed.get("answer").asText()).isEqualTo("Yes.");
        assertThat(changed.get("question")).isEqualTo(made.get("question"));
        assertThat(list(Map.of()).at("/faqs/0/id")).isEqualTo(made.get("id"));
        delete(made);
        assertThat(platform.refused(Addresses.SUPPORT_FAQ_DELETE, ADMIN, id(made), null))
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void anUnknownQuestionIsNotFoundAndAnIncompleteOneRefused() {
        for (String unknown : List.of(Ids.next().toString(), "x", "\0", ":")) {
            assertThat(platform.refused(Addresses.SUPPORT_FAQ_UPDATE, ADMIN, Map.of("id", unknown), json("{}")))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(platform.refused(Addresses.SUPPORT_FAQ_DELETE, ADMIN, Map.of("id", unknown), null))
                    .isEqualTo(ErrorCode.NOT_FOUND);
        }
        for (String body : List.of(
                "{}", "{'category': 'c', 'question': 'q'}", "{'category': ' ', 'question': 'q', 'answer': 'a'}")) {
            assertThat(platform.refused(Addresses.SUPPORT_FAQ_CREATE, ADMIN, Map.of(), json(body)))
                    .isEqualTo(ErrorCode.VALIDATION_FAILED);
        }
    }

    @Test
    void thereIsRoomFor500Questions() {
        try (TestPlatform full = TestPlatform.start(List.of(new SupportService()))) {
            full.execute(
                    "INSERT INTO kv_store_44a642d3 (key, value) SELECT 'faq:' || n, jsonb_build_object('id', n::text, 'category', 'c', 'question', 'q', 'answer', 'a') FROM generate_series(1, 491) n");
            JsonNode body = json("{'category': 'c', 'question': 'q', 'answer': 'a'}");
            full.ok(Addresses.SUPPORT_FAQ_CREATE, ADMIN, Map.of(), body);
            assertThat(full.refused(Addresses.SUPPORT_FAQ_CREATE, ADMIN, Map.of(), body))
                    .isEqualTo(ErrorCode.WRONG_STATE);
        }
    }
}
