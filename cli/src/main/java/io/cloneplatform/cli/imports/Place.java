package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * Where a legacy record belongs.
 *
 * @param kind what it is
 * @param owner the member's new id, or the conversation a message is in; null when it has none
 * @param subject the member a referral links to, or the text of a code; null otherwise
 */
record Place(Kind kind, String owner, String subject) {
    private static final Map<String, Kind> QUEUES = Map.of(
            "withdrawals", Kind.WITHDRAWAL_QUEUE,
            "user_withdrawals", Kind.WITHDRAWAL_QUEUE,
            "tickets", Kind.TICKET_QUEUE,
            "user_tickets", Kind.TICKET_QUEUE);

    private static final Place UNKNOWN = new Place(Kind.OTHER, null, null);

    /** Tells from the key, and from the value where the key does not say whose it is. */
    static Place of(String key, JsonNode value) {
        String[] parts = key.split(":", -1);
        if (parts.length < 2 || parts[1].isBlank()) {
            return UNKNOWN;
        }
        String rest = key.substring(parts[0].length() + 1);
        if (value.isArray()) {
            return ofList(parts, rest);
        }
        if (parts[0].equals("invitecode") || parts[0].equals("referralcode")) {
            String user =
                    value.isTextual() ? value.textValue() : value.path("userId").asText("");
            return new Place(Kind.CODE, member(user), rest.strip().toUpperCase(java.util.Locale.ROOT));
        }
        return value.isObject() ? ofDocument(parts, rest, value) : UNKNOWN;
    }

    private static Place ofList(String[] parts, String rest) {
        if (QUEUES.containsKey(parts[0])) {
            return new Place(QUEUES.get(parts[0]), null, null);
        }
        return switch (parts[0] + ":" + parts[1]) {
            case "bonuses:claimed", "bonuses:log" -> new Place(Kind.BONUSES, member(last(parts)), null);
            case "chat:messages" -> new Place(Kind.MESSAGE_QUEUE, conversation(tail(rest)), null);
            case "chat:conversations" -> new Place(Kind.CONVERSATION_QUEUE, member(last(parts)), null);
            case "faq:all" -> new Place(Kind.FAQ, null, null);
            default -> UNKNOWN;
        };
    }

    private static Place ofDocument(String[] parts, String rest, JsonNode value) {
        String user = value.path("userId").asText("");
        return switch (parts[0]) {
            case "user" -> parts.length == 2 ? new Place(Kind.USER, member(parts[1]), null) : UNKNOWN;
            case "profits" -> new Place(Kind.PROFITS, member(rest), null);
            case "referral" ->
                parts.length == 3 && !parts[2].isBlank()
                        ? new Place(Kind.REFERRAL, member(parts[1]), member(parts[2]))
                        : UNKNOWN;
            case "withdrawal" ->
                new Place(Kind.WITHDRAWAL, member(user.isEmpty() ? rest.replaceFirst("-\\d+$", "") : user), null);
            case "product" -> new Place(Kind.PRODUCT, member(user.isEmpty() ? parts[1] : user), null);
            case "ticket" -> new Place(Kind.TICKET, member(user), null);
            case "message" ->
                new Place(
                        Kind.MESSAGE, conversation(value.path("conversationId").asText("")), null);
            case "conversation" -> new Place(Kind.CONVERSATION, conversation(rest), null);
            case "chat" ->
                parts[1].equals("conversation")
                        ? new Place(Kind.CONVERSATION, conversation(tail(rest)), null)
                        : UNKNOWN;
            case "faq" -> new Place(Kind.FAQ, null, null);
            default -> UNKNOWN;
        };
    }

    private static String member(String legacyId) {
        return legacyId.isBlank() ? null : LegacyIds.member(legacyId.strip()).toString();
    }

    /** The id a conversation gets here; empty where there is none. */
    private static String conversation(String legacyId) {
        return legacyId.isBlank() ? "" : LegacyIds.kept(legacyId);
    }

    private static String last(String[] parts) {
        return parts[parts.length - 1];
    }

    private static String tail(String rest) {
        return rest.substring(rest.indexOf(':') + 1);
    }
}
