package io.cloneplatform.cli.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Chats: messages that lay one by one, with arrays saying what belongs together, become conversations with an owner. */
final class Conversations {
    private final Dump dump;
    private final MemberIndex index;
    private final Target target;
    private final Tally tally;
    private final Findings findings;
    private final Instant now;
    private final Map<String, String> owners = new HashMap<>();

    Conversations(Dump dump, MemberIndex index, Target target, Tally tally, Findings findings, Instant now) {
        this.dump = dump;
        this.index = index;
        this.target = target;
        this.tally = tally;
        this.findings = findings;
        this.now = now;
    }

    void run() {
        dump.each(Kind.CONVERSATION_QUEUE, batch -> batch.forEach(this::readQueue));
        String last = "";
        List<String> ids = dump.conversationsAfter(last);
        while (!ids.isEmpty()) {
            dump.eachBatch(ids, ids.size(), id -> id, this::convert);
            last = ids.get(ids.size() - 1);
            ids = dump.conversationsAfter(last);
        }
        // A message that names no conversation belongs nowhere.
        keep("", new ArrayList<>(), Oddity.UNREADABLE_RECORD, "no conversation");
    }

    private void readQueue(LegacyRecord queue) {
        if (!index.has(queue.owner())) {
            keepQueue(queue, Oddity.OWNER_UNKNOWN, "nobody's");
            return;
        }
        tally.settle(true);
        List<String> ids = new ArrayList<>();
        queue.value().forEach(id -> ids.add(LegacyIds.kept(id.asText(""))));
        Map<String, Integer> messages = dump.countOf(ids, Kind.MESSAGE);
        Map<String, Integer> heads = dump.countOf(ids, Kind.CONVERSATION);
        for (String id : ids) {
            owners.putIfAbsent(id, queue.owner());
            if (!messages.containsKey(id) && !heads.containsKey(id)) {
                findings.add(Oddity.QUEUE_ENTRY_UNKNOWN, queue.key(), id);
            }
        }
    }

    private void keepQueue(LegacyRecord queue, Oddity why, String sentence) {
        tally.settle(false);
        tally.count(Tally.KEPT);
        target.write(List.of(new Leftovers(findings).keep(queue, why, sentence, now)));
    }

    private void convert(List<String> ids) {
        Map<String, Conversation> conversations = new LinkedHashMap<>();
        ids.forEach(id -> conversations.put(id, new Conversation(id, now)));
        dump.ofOwners(ids, row -> conversations.get(row.owner()).add(row), Kind.CONVERSATION, Kind.MESSAGE);
        conversations.values().forEach(this::write);
    }

    private void write(Conversation conversation) {
        List<Document> documents = new ArrayList<>();
        String owner = conversation.owner(owners.get(conversation.id()), index);
        if (owner == null) {
            keep(conversation.id(), documents, Oddity.OWNER_UNKNOWN, "nobody of its members is here");
            return;
        }
        documents.add(conversation.document(owner));
        documents.addAll(conversation.messages(owner, index));
        conversation.countRecords(tally);
        tally.count("conversations");
        tally.add("messages", documents.size() - 1L);
        target.write(documents);
    }

    private void keep(String id, List<Document> documents, Oddity why, String sentence) {
        Leftovers leftovers = new Leftovers(findings);
        dump.ofOwners(
                List.of(id),
                row -> {
                    tally.settle(false);
                    tally.count(Tally.KEPT);
                    documents.add(leftovers.keep(row, why, sentence, now));
                },
                Kind.CONVERSATION,
                Kind.MESSAGE);
        target.write(documents);
    }
}
