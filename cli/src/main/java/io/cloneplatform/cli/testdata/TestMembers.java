package io.cloneplatform.cli.testdata;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.remote.AdminApi;
import io.cloneplatform.cli.user.Members;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The members whose e-mail address is in a reserved domain, and their pending withdrawals. */
final class TestMembers {
    private static final int PAGE = 500;
    private static final int MAX = 5_000;
    private static final int MAX_PAGES = 100;

    private final AdminApi api;

    TestMembers(AdminApi api) {
        this.api = api;
    }

    /** By id, at most 5,000. */
    Map<String, JsonNode> find() {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        for (String search : TestDomains.searches()) {
            walk("/admin/users?limit=" + PAGE + "&search=" + Members.encoded(search), "users", user -> {
                if (TestDomains.contain(user.path("email").asText()) && found.size() < MAX) {
                    found.put(user.path("id").asText(), user);
                }
            });
        }
        return found;
    }

    /** Their pending withdrawals. */
    List<JsonNode> withdrawals(Map<String, JsonNode> members) {
        List<JsonNode> found = new java.util.ArrayList<>();
        walk("/admin/withdrawals?status=pending&limit=" + PAGE, "withdrawals", withdrawal -> {
            if (members.containsKey(withdrawal.path("userId").asText())) {
                found.add(withdrawal);
            }
        });
        return found;
    }

    private void walk(String path, String rows, Consumer<JsonNode> each) {
        String cursor = "";
        for (int page = 0; page < MAX_PAGES && cursor != null; page++) {
            JsonNode answer = api.get(path + (cursor.isEmpty() ? "" : "&cursor=" + Members.encoded(cursor)));
            answer.path(rows).forEach(each);
            cursor = answer.path("nextCursor").textValue();
        }
    }
}
