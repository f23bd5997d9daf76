package io.cloneplatform.auth.activity;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.cloneplatform.auth.activity.Recorded.Changed;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Something that happened to a member's account, as the member sees it. Admins are a role here and not a person, and of
 * what changed only the member's own documents and what these show anyway.
 *
 * @param reason why, in the words of who did it, or null
 * @param ip from where, unless an administrator or the platform did it
 * @param userAgent with what, where that is known
 */
record Activity(
        String id,
        String at,
        Kind what,
        String message,
        String reason,
        By by,
        String ip,
        String userAgent,
        List<Difference> changes) {

    private static final Set<String> SHOWN = Set.of(
            "balance",
            "heldBalance",
            "totalEarned",
            "vipTier",
            "accountFrozen",
            "freezeAmount",
            "freezeReason",
            "status",
            "amount",
            "position");

    /** Who did something. */
    enum By {
        YOU,
        ADMINISTRATOR,
        PLATFORM,
        UNKNOWN;

        /** How clients name it. */
        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A field of the member's documents that changed; null where it was not there. */
    record Difference(String field, JsonNode before, JsonNode after) {}

    static Activity of(String memberId, Kind kind, Recorded recorded) {
        By by = by(memberId, kind, recorded);
        boolean ours = by == By.ADMINISTRATOR || by == By.PLATFORM;
        String reason = recorded.detail("reason");
        return new Activity(
                recorded.id(),
                recorded.at(),
                kind,
                kind.message,
                reason == null ? recorded.detail("denialReason") : reason,
                by,
                ours ? null : recorded.ip(),
                ours ? null : recorded.detail("userAgent"),
                recorded.changes().stream()
                        .filter(changed -> changed.document().contains(":" + memberId))
                        .flatMap(Activity::differences)
                        .toList());
    }

    // Whoever asked for a new password or typed wrong ones need not be the member.
    private static By by(String memberId, Kind kind, Recorded recorded) {
        if (recorded.event() == null) {
            return By.ADMINISTRATOR;
        }
        if (recorded.actorId() == null) {
            return kind == Kind.SIGNED_IN || kind == Kind.PASSWORD_RESET ? By.YOU : By.UNKNOWN;
        }
        if (recorded.actorId().equals(memberId)) {
            return By.YOU;
        }
        return recorded.actorId().equals("platform") ? By.PLATFORM : By.ADMINISTRATOR;
    }

    private static Stream<Difference> differences(Changed changed) {
        return SHOWN.stream()
                .filter(field -> has(changed.before(), field) || has(changed.after(), field))
                .sorted()
                .map(field -> new Difference(field, value(changed.before(), field), value(changed.after(), field)));
    }

    private static boolean has(JsonNode fields, String field) {
        return fields != null && fields.hasNonNull(field);
    }

    private static JsonNode value(JsonNode fields, String field) {
        JsonNode value = fields == null ? MissingNode.getInstance() : fields.path(field);
        return value.isValueNode() ? value : null;
    }
}
