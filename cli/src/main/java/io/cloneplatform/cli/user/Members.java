package io.cloneplatform.cli.user;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.remote.AdminApi;
import io.cloneplatform.cli.remote.Failure;
import io.cloneplatform.common.json.Ids;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Finds the one member whom an operator names by id, e-mail address or username. */
public final class Members {
    private static final int PAGE = 500;
    private static final int MAX_PAGES = 10;
    private static final int SHOWN = 10;

    private final AdminApi api;

    public Members(AdminApi api) {
        this.api = api;
    }

    /** The id of the member; fails when nobody or several are called so. */
    public String id(String who) {
        return Ids.parse(who.strip()).map(Object::toString).orElseGet(() -> named(who.strip()));
    }

    /** The whole member, with the newest ledger entries: what the platform answers about an id. */
    public JsonNode get(String who, int entries) {
        return api.get("/admin/users/" + id(who) + "?limit=" + entries);
    }

    private String named(String who) {
        if (who.isEmpty()) {
            throw Failure.of("NO_SUCH_MEMBER", "No member is called by an empty name.");
        }
        List<JsonNode> similar = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < MAX_PAGES && cursor != null; page++) {
            JsonNode answer = api.get("/admin/users?limit=" + PAGE + "&search=" + encoded(who)
                    + (cursor.isEmpty() ? "" : "&cursor=" + encoded(cursor)));
            for (JsonNode user : answer.path("users")) {
                if (isCalled(user, who)) {
                    return user.path("id").asText();
                }
                similar.add(user);
            }
            cursor = answer.path("nextCursor").textValue();
        }
        throw notOne(who, similar);
    }

    // Both are unique without regard to case, and neither can look like the other: a username has no @.
    private static boolean isCalled(JsonNode user, String who) {
        return user.path("email").asText().equalsIgnoreCase(who)
                || user.path("username").asText().equalsIgnoreCase(who);
    }

    private static Failure notOne(String who, List<JsonNode> similar) {
        if (similar.isEmpty()) {
            return Failure.of("NO_SUCH_MEMBER", "No member has the id, e-mail address or username '" + who + "'.");
        }
        StringBuilder sentence = new StringBuilder("No member is called exactly '" + who + "', but " + similar.size()
                + (similar.size() == 1 ? " is" : " are") + " similar; name one by username or id:");
        similar.stream().limit(SHOWN).forEach(user -> sentence.append(similar.indexOf(user) == 0 ? " " : ", ")
                .append(user.path("username").asText())
                .append(" (")
                .append(user.path("id").asText())
                .append(")"));
        return Failure.of("AMBIGUOUS_MEMBER", sentence + (similar.size() > SHOWN ? ", …" : "") + ".");
    }

    /** A text as a part of an address. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
