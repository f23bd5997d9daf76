package io.cloneplatform.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.acceptance.contract.World.Member;
import io.cloneplatform.gateway.document.ApiOperation;
import io.cloneplatform.gateway.document.ApiParameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Paging: bounds, offsets, and a walk by cursor that meets everything once. */
@ExtendWith(RunningPlatform.Shared.class)
class PagingIT {
    private static final int MANY = 107;

    private final RunningPlatform platform;
    private final World world;
    private final Document document = new Document();

    PagingIT(RunningPlatform platform) {
        this.platform = platform;
        this.world = new World(platform);
    }

    private JsonNode read(String token, String path) {
        return platform.call("GET", path).bearer(token).ok();
    }

    private static List<String> ids(JsonNode page, String list, String id) {
        List<String> ids = new ArrayList<>();
        page.get(list).forEach(item -> ids.add(item.at(id).asText()));
        return ids;
    }

    /** Every page by its cursor: no id twice, none left out, and what the offset says is the same. */
    private List<String> walk(String token, String path, String list, String id, int limit) {
        List<String> met = new ArrayList<>();
        String base = path + (path.contains("?") ? "&" : "?") + "limit=" + limit;
        String next = base;
        while (next != null) {
            JsonNode page = read(token, next);
            List<String> ids = ids(page, list, id);
            assertThat(ids.size()).as(next).isLessThanOrEqualTo(limit);
            assertThat(ids(read(token, base + "&offset=" + met.size()), list, id))
                    .as("the page at offset %s", met.size())
                    .isEqualTo(ids);
            met.addAll(ids);
            JsonNode cursor = page.get("nextCursor");
            next = cursor.isNull() ? null : base + "&cursor=" + Draft.encode(cursor.asText());
        }
        assertThat(met).doesNotHaveDuplicates();
        return met;
    }

    @Test
    void submissionsAreEachMetOnceNewestFirst() {
        Member member = world.member();
        List<String> made = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            made.add(0, submit(member, i));
        }
        assertThat(walk(member.token(), "/products", "products", "/id", 10)).isEqualTo(made);
        assertThat(walk(member.token(), "/products", "products", "/id", 50)).isEqualTo(made);
        assertThat(read(member.token(), "/products").get("products")).hasSize(50);
        assertThat(read(member.token(), "/products").get("total").asInt()).isEqualTo(MANY);
        assertThat(read(member.token(), "/products?limit=500").get("products")).hasSize(MANY);
        assertThat(read(member.token(), "/products?offset=1000").get("products"))
                .isEmpty();
    }

    private String submit(Member member, int number) {
        return world.as(member, "POST", "/submit-product", "{'productName': 'Lamp " + number + "', 'productValue': 1}")
                .at("/product/id")
                .asText();
    }

    @Test
    void whatArrivesMeanwhileDisturbsNoWalk() {
        Member member = world.member();
        List<String> made = new ArrayList<>();
        IntStream.range(0, 6).forEach(i -> made.add(0, submit(member, i)));
        JsonNode first = read(member.token(), "/products?limit=3");
        submit(member, 7);
        JsonNode second = read(
                member.token(),
                "/products?limit=3&cursor="
                        + Draft.encode(first.get("nextCursor").asText()));
        List<String> met = ids(first, "products", "/id");
        met.addAll(ids(second, "products", "/id"));
        assertThat(met).isEqualTo(made);
    }

    @Test
    void ticketsAndWithdrawalsAndMessagesAreEachMetOnce() {
        Member member = world.memberWith("1000");
        for (int i = 0; i < MANY; i++) {
            world.ticket(member);
            world.conversation(member);
        }
        for (int i = 0; i < 25; i++) {
            world.withdrawal(member);
        }
        assertThat(walk(member.token(), "/support-tickets", "tickets", "/id", 20))
                .hasSize(MANY);
        assertThat(walk(member.token(), "/support-tickets?status=open", "tickets", "/id", 33))
                .hasSize(MANY);
        assertThat(walk(member.token(), "/chat/messages", "messages", "/id", 25))
                .hasSize(MANY);
        assertThat(walk(member.token(), "/withdrawals", "withdrawals", "/id", 7))
                .hasSize(25);
        assertThat(walk(member.token(), "/withdrawals?status=pending", "withdrawals", "/id", 7))
                .hasSize(25);
    }

    @Test
    void adminsMeetEveryoneOnce() {
        for (int i = 0; i < 12; i++) {
            world.withdrawal(world.memberWith("20"));
            world.pendingSubmission(world.offered());
        }
        for (Map.Entry<String, List<String>> list : Map.of(
                        "/admin/users", List.of("users", "/id"),
                        "/admin/withdrawals", List.of("withdrawals", "/id"),
                        "/admin/withdrawals?status=all", List.of("withdrawals", "/id"),
                        "/admin/submissions", List.of("submissions", "/id"),
                        "/admin/premium/list", List.of("assignments", "/assignment/id"),
                        "/admin/support-tickets", List.of("tickets", "/id"),
                        "/admin/chat/conversations", List.of("conversations", "/id"),
                        "/admin/accounts", List.of("accounts", "/id"))
                .entrySet()) {
            int total = read(World.ADMIN, list.getKey()).get("total").asInt();
            String items = list.getValue().get(0);
            String id = list.getValue().get(1);
            int limit = Math.max(5, total / 7);
            assertThat(walk(World.ADMIN, list.getKey(), items, id, limit))
                    .as(list.getKey())
                    .hasSize(total);
        }
    }

    @Test
    void referralsAreEachMetOnce() {
        Member parent = world.member();
        TreeSet<String> children = new TreeSet<>();
        for (int i = 0; i < 15; i++) {
            children.add(world.childOf(parent).id());
        }
        List<String> met = walk(parent.token(), "/referrals", "referrals", "/childId", 4);
        assertThat(new HashSet<>(met)).isEqualTo(children);
    }

    @Test
    void boundsAreKeptOnEveryList() {
        for (ApiOperation operation : document.operations().values()) {
            boolean paged =
                    operation.parameters().stream().map(ApiParameter::name).anyMatch(name -> name.equals("limit"));
            if (paged) {
                boundsAreKept(operation);
            }
        }
    }

    private void boundsAreKept(ApiOperation operation) {
        Draft good = Samples.byOperation().get(operation.id()).good().apply(world);
        for (String fine : List.of("1", "500")) {
            good.query("limit", fine).call(platform, operation).ok();
        }
        for (String wrong : List.of("0", "501", "-1", "1.5", "ten", "1e2", "", "99999999999")) {
            Answer answer = good.query("limit", wrong).call(platform, operation).send();
            assertThat(answer.status())
                    .as("%s limit=%s %s", operation.id(), wrong, answer)
                    .isEqualTo(400);
            assertThat(answer.fields()).containsExactly("limit");
        }
        boolean byCursor =
                operation.parameters().stream().anyMatch(one -> one.name().equals("cursor"));
        for (String wrong : byCursor ? List.of("!", "not-ours", "AAAA", "", "x".repeat(600)) : List.<String>of()) {
            Answer answer =
                    good.query("cursor", wrong).call(platform, operation).send();
            assertThat(answer.status())
                    .as("%s cursor=%s %s", operation.id(), wrong, answer)
                    .isIn(200, 400);
            if (answer.status() == 400) {
                assertThat(answer.fields()).containsExactly("cursor");
            }
        }
    }
}
