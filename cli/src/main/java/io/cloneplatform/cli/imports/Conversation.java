package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Instants;
import io.cloneplatform.common.kv.Keys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One chat of the dump with its messages in the order they were posted. */
final class Conversation {
    private final String id;
    private final Instant now;
    private final List<Message> messages = new ArrayList<>();
    private int records;
    private Fields head = new Fields(Json.object());

    /** A message; the poster is the new id of a member, or whatever else the dump has. */
    private record Message(
            String id, String legacyId, String poster, String posterName, String text, Instant at, boolean read) {}

    Conversation(String id, Instant now) {
        this.id = id;
        this.now = now;
    }

    String id() {
        return id;
    }

    /** Its records are carried over. */
    void countRecords(Tally tally) {
        for (int i = 0; i < records; i++) {
            tally.settle(true);
        }
    }

    void add(LegacyRecord row) {
        records++;
        Fields fields = new Fields(row.value());
        if (row.place().kind() == Kind.CONVERSATION) {
            head = fields;
            return;
        }
        Optional<Instant> told = fields.time("createdAt", "sentAt").or(() -> Times.inId(row.key()));
        messages.add(new Message(
                LegacyIds.timed(told, "message:" + id + ":" + row.name()).toString(),
                row.name(),
                fields.text("userId")
                        .map(text -> LegacyIds.member(text).toString())
                        .orElse(""),
                fields.line(100, "userName").orElse(""),
                fields.text("message", "text", "content").orElse(""),
                told.orElse(now),
                fields.flag("read")));
    }

    /** The member it belongs to: who lists it, who it names, or who posted first; null when none of them is here. */
    String owner(String listedBy, MemberIndex index) {
        messages.sort(Comparator.comparing(Message::at).thenComparing(Message::legacyId));
        Optional<String> named = head.text("userId", "ownerId")
                .map(text -> LegacyIds.member(text).toString());
        if (listedBy != null || named.filter(index::has).isPresent()) {
            return listedBy != null ? listedBy : named.orElseThrow();
        }
        return messages.stream()
                .map(Message::poster)
                .filter(poster -> !poster.isEmpty() && index.has(poster))
                .findFirst()
                .orElse(null);
    }

    Document document(String owner) {
        Message last = messages.isEmpty() ? null : messages.get(messages.size() - 1);
        Instant created = head.time("createdAt")
                .orElse(messages.isEmpty() ? now : messages.get(0).at());
        String name = messages.stream()
                .filter(message -> message.poster().equals(owner))
                .map(Message::posterName)
                .findFirst()
                .orElse("");
        ObjectNode document = Json.object()
                .put("id", id)
                .put("userId", owner)
                .put("userName", name)
                .put("title", head.line(60, "title", "subject").orElse("Support"))
                .put("lastMessage", last == null ? null : last.text())
                .put("lastAt", Instants.iso(last == null ? created : last.at()))
                .put("messageCount", messages.size())
                .put("unreadByUser", unread(owner, false))
                .put("unreadBySupport", unread(owner, true))
                .put("createdAt", Instants.iso(created));
        head.skip("id", "userId", "ownerId", "lastMessage", "messageCount");
        head.putRest(document);
        return new Document(Keys.conversation(id), document, created);
    }

    private long unread(String owner, boolean byOwner) {
        return messages.stream()
                .filter(message -> !message.read() && message.poster().equals(owner) == byOwner)
                .count();
    }

    /** The messages; whoever is no member wrote for support. */
    List<Document> messages(String owner, MemberIndex index) {
        List<Document> documents = new ArrayList<>();
        for (Message message : messages) {
            boolean member = !message.poster().isEmpty() && index.has(message.poster());
            ObjectNode document = Json.object()
                    .put("id", message.id())
                    .put("conversationId", id)
                    .put("userId", message.poster())
                    .put("userName", message.posterName())
                    .put("author", member || message.poster().equals(owner) ? "user" : "support")
                    .put("message", message.text())
                    .put("createdAt", Instants.iso(message.at()))
                    .put("sentAt", Instants.iso(message.at()))
                    .put("read", message.read())
                    .put("legacyId", message.legacyId());
            documents.add(new Document(Keys.message(id, message.id()), document, message.at()));
        }
        return documents;
    }
}
