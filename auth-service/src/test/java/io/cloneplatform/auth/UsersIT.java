package io.cloneplatform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.auth.AuthFixture.SignedUp;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestPlatform.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UsersIT {
    private static AuthFixture auth;

    @BeforeAll
    static void start() {
        auth = new AuthFixture();
    }

    @AfterAll
    static void stop() {
        auth.close();
    }

    private static JsonNode list(Map<String, String> params) {
        return auth.asAdmin(Addresses.AUTH_USERS_LIST, params, null);
    }

    private static List<String> ids(JsonNode answer) {
        List<String> ids = new ArrayList<>();
        answer.get("users").forEach(user -> ids.add(user.get("id").asText()));
        return ids;
    }

    private static SignedUp named(String name) {
        return auth.signup(AuthFixture.signupBody().put("name", name));
    }

    @Test
    void findsTheShortestTextInTheMiddleOfAName() {
        SignedUp member = named("Aqxzv");
        for (String part : List.of("qxz", "XZ", "xzv")) {
            assertThat(ids(list(Map.of("search", part))))
                    .as(part)
                    .containsExactly(member.id().toString());
        }
        assertThat(ids(list(Map.of("search", "q")))).contains(member.id().toString());
    }

    @Test
    void findsByAnyNameAndTakesWildcardsLiterally() {
        SignedUp percent = named("Hundred % Sure_x");
        named("Hundred p SureYx");
        assertThat(ids(list(Map.of("search", "hundred % sure_"))))
                .containsExactly(percent.id().toString());
        assertThat(ids(list(Map.of("search", percent.email().toUpperCase(java.util.Locale.ROOT)))))
                .containsExactly(percent.id().toString());
        assertThat(list(Map.of("search", "\\%")).get("total").asInt()).isZero();
        for (String blank : List.of("", "  ")) {
            assertThat(list(Map.of("search", blank)).get("total"))
                    .isEqualTo(list(Map.of()).get("total"));
        }
    }

    @Test
    void filtersByFreezeAndTier() {
        SignedUp frozen = named("Filtered One");
        SignedUp other = named("Filtered Two");
        auth.platform.execute(
                "UPDATE kv_store_44a642d3 SET value = value || '{\"accountFrozen\": true, \"vipTier\": \"Gold\"}' WHERE key = ?",
                Keys.user(frozen.id()));
        assertThat(ids(list(Map.of("search", "Filtered", "frozen", "true"))))
                .containsExactly(frozen.id().toString());
        assertThat(ids(list(Map.of("search", "Filtered", "frozen", "false"))))
                .containsExactly(other.id().toString());
        assertThat(ids(list(Map.of("search", "Filtered", "tier", "Gold"))))
                .containsExactly(frozen.id().toString());
    }

    @Test
    void pagesNewestFirstByCursorAndByOffset() {
        List<String> newestFirst = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            newestFirst.add(0, named("Paged").id().toString());
        }
        JsonNode first = list(Map.of("search", "Paged", "limit", "2"));
        JsonNode second = list(Map.of(
                "search",
                "Paged",
                "limit",
                "2",
                "cursor",
                first.get("nextCursor").asText()));
        JsonNode last = list(Map.of(
                "search",
                "Paged",
                "limit",
                "2",
                "cursor",
                second.get("nextCursor").asText()));
        List<String> all = new ArrayList<>(ids(first));
        all.addAll(ids(second));
        all.addAll(ids(last));
        assertThat(all).isEqualTo(newestFirst);
        assertThat(first.get("total").asInt()).isEqualTo(5);
        assertThat(last.get("nextCursor").isNull()).isTrue();
        assertThat(ids(list(Map.of("search", "Paged", "limit", "2", "offset", "3"))))
                .isEqualTo(newestFirst.subList(3, 5));
    }

    @Test
    void refusesACursorItDidNotMake() {
        for (String cursor : List.of("rubbish", "fDE", "MjAyNnww", "KzEwMDAwMDAwMDAtMDEtMDFUMDA6MDA6MDBafA")) {
            assertThat(auth.refusedAsAdmin(Addresses.AUTH_USERS_LIST, Map.of("cursor", cursor), null))
                    .isEqualTo(ErrorCode.VALIDATION_FAILED);
            assertThat(auth.refusedAsAdmin(
                            Addresses.AUTH_USERS_GET, Map.of("id", Ids.next().toString(), "cursor", cursor), null))
                    .isEqualTo(ErrorCode.VALIDATION_FAILED);
        }
    }

    @Test
    void addsUpTheWholePlatform() {
        JsonNode before = list(Map.of()).get("metrics");
        Member parent = auth.platform.member("metricparent", null);
        Member child = auth.platform.member("metricchild", parent);
        submission(child.id(), parent.id());
        JsonNode after = list(Map.of()).get("metrics");
        assertThat(after.get("totalUsers").asInt())
                .isEqualTo(before.get("totalUsers").asInt() + 2);
        assertThat(after.get("totalRevenue").asInt())
                .isEqualTo(before.get("totalRevenue").asInt() + 100);
        assertThat(after.get("totalTransactions").asInt())
                .isEqualTo(before.get("totalTransactions").asInt() + 1);
        assertThat(after.get("activeUsers").asInt())
                .as("only who submitted")
                .isEqualTo(before.get("activeUsers").asInt() + 1);
        assertThat(after.get("totalCommissionsPaid").asInt())
                .isEqualTo(before.get("totalCommissionsPaid").asInt() + 10);
    }

    /** 100.00 split as the platform does: 80 to the member, 10 to the parent, the rest to the platform. */
    private static void submission(UUID child, UUID parent) {
        auth.platform.execute(
                "SELECT ledger_transfer_post(?, 'submission', 'p1', NULL, ARRAY[?, ?, 'ffffffff-ffff-ffff-ffff-fffffffffff3',"
                        + " 'ffffffff-ffff-ffff-ffff-fffffffffff2']::uuid[], ARRAY['own', 'level_1', 'platform', 'source'],"
                        + " ARRAY[8000, 1000, 1000, -10000]::bigint[], ARRAY[8000, 1000, 0, 0]::bigint[])",
                Ids.next(),
                child,
                parent);
    }

    @Test
    void showsOneMemberWithPagedLedgerLines() {
        SignedUp member = auth.signup();
        Member account = new Member(member.id(), "x", null);
        auth.platform.credit(account, 1000);
        auth.platform.credit(account, 250);
        UUID hold = Ids.next();
        auth.platform.execute("SELECT ledger_hold(?, ?, 300, 'withdrawal', ?)", hold, member.id(), hold.toString());

        Map<String, String> params = Map.of("id", member.id().toString(), "limit", "2");
        JsonNode first = auth.asAdmin(Addresses.AUTH_USERS_GET, params, null);
        assertThat(first.get("user").get("heldBalance").asInt()).isEqualTo(3);
        JsonNode held = first.get("entries").get(0);
        assertThat(held.get("kind").asText()).isEqualTo("withdrawal");
        assertThat(held.get("amount").asInt()).isZero();
        assertThat(held.get("held").asInt()).isEqualTo(3);
        assertThat(held.get("balanceAfter").decimalValue()).isEqualByComparingTo("9.5");
        JsonNode second = auth.asAdmin(
                Addresses.AUTH_USERS_GET,
                Map.of(
                        "id",
                        member.id().toString(),
                        "cursor",
                        first.get("nextCursor").asText()),
                null);
        assertThat(second.get("entries")).hasSize(1);
        assertThat(second.get("entries").get(0).get("amount").asInt()).isEqualTo(10);
        assertThat(second.get("nextCursor").isNull()).isTrue();
    }

    @Test
    void doesNotFindUnknownIdsOfAnyShape() {
        for (String id : List.of(Ids.next().toString(), "nonsense", "ffffffff-ffff-ffff-ffff-fffffffffff2")) {
            assertThat(auth.refusedAsAdmin(Addresses.AUTH_USERS_GET, Map.of("id", id), null))
                    .isEqualTo(ErrorCode.NOT_FOUND);
        }
    }
}
