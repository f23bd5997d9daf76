package io.cloneplatform.support.faq;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.support.page.ClientId;
import io.cloneplatform.support.page.Documents;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;

/** Admins add, change and remove questions. */
public final class FaqEditing {
    private final FaqStore store;

    public FaqEditing(FaqStore store) {
        this.store = store;
    }

    /** The fields of an entry; in a change, those left out stay. */
    record Body(String category, String question, String answer, Integer order) {
        /** The first text that is missing, or given and blank; null when there is none. */
        String wrong(boolean allRequired) {
            return bad(category, allRequired)
                    ? "category"
                    : bad(question, allRequired) ? "question" : bad(answer, allRequired) ? "answer" : null;
        }

        private static boolean bad(String text, boolean required) {
            return text == null ? required : text.isBlank();
        }

        ObjectNode given() {
            ObjectNode fields = Json.object();
            Optional.ofNullable(category).ifPresent(text -> fields.put("category", text.strip()));
            Optional.ofNullable(question).ifPresent(text -> fields.put("question", text.strip()));
            Optional.ofNullable(answer).ifPresent(text -> fields.put("answer", text));
            return fields;
        }
    }

    /** Adds an entry; without an order it comes last. */
    public Future<Reply> create(SqlConnection tx, Request request) {
        Body body = request.body(Body.class);
        String wrong = body.wrong(true);
        if (wrong != null) {
            return Future.succeededFuture(Reply.invalid(wrong, "is required"));
        }
        String id = Ids.next().toString();
        return store.insert(tx, id, body.given().put("id", id).put("views", 0), body.order())
                .map(done -> done.map(FaqEditing::shown).orElseGet(FaqEditing::tooMany));
    }

    /** Changes the fields that are given. */
    public Future<Reply> update(SqlConnection tx, Request request) {
        Body body = request.body(Body.class);
        String wrong = body.wrong(false);
        if (wrong != null) {
            return Future.succeededFuture(Reply.invalid(wrong, "must not be blank"));
        }
        ObjectNode changes = body.given();
        if (body.order() != null) {
            changes.put("order", body.order());
        }
        return ClientId.of(request)
                .map(id -> store.update(tx, id, changes)
                        .map(done -> done.map(FaqEditing::shown).orElseGet(FaqEditing::unknown)))
                .orElseGet(() -> Future.succeededFuture(unknown()));
    }

    /** Removes an entry for good, one that came with the platform too. */
    public Future<Reply> delete(SqlConnection tx, Request request) {
        return ClientId.of(request)
                .map(id -> store.delete(tx, id)
                        .map(gone -> gone ? Reply.ok(Json.object().put("message", "Question removed.")) : unknown()))
                .orElseGet(() -> Future.succeededFuture(unknown()));
    }

    private static Reply shown(String doc) {
        return Reply.ok(Documents.one("faq", doc));
    }

    private static Reply unknown() {
        return Reply.notFound("Question");
    }

    private static Reply tooMany() {
        return Reply.refuse(
                ErrorCode.WRONG_STATE,
                "There are " + FaqStore.MAX_ENTRIES + " questions already. Remove one to add another");
    }
}
