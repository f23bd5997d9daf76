package io.cloneplatform.auth.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.auth.profile.Profile;
import io.cloneplatform.common.audit.AuditLog;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Instants;
import io.cloneplatform.common.kv.Page;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Everything the platform holds about the calling member, a page of records at a time, section after section. What is
 * about others, and what only the platform needs, such as hashes, is not in it.
 */
public final class ExportAccount {
    private static final int ALL_AT_ONCE = 500;

    private final Pool pool;
    private final ExportStore store;
    private final AuditLog audit = new AuditLog();

    public ExportAccount(Pool pool) {
        this.pool = pool;
        this.store = new ExportStore(pool);
    }

    /** {@code auth.account.export}. */
    public Future<Reply> apply(Request request) {
        String after = Page.of(request).after();
        Page page = new Page(request.param("limit", ALL_AT_ONCE), 0, after);
        Place place = Place.parse(after);
        UUID member = UUID.fromString(request.caller().id());
        return store.profile(member)
                .compose(profile -> profile.isEmpty()
                        ? Future.succeededFuture(gone())
                        : noted(request, after == null)
                                .compose(done -> collect(member, page, place, new ArrayList<>()))
                                .map(records -> answer(profile, page, records)));
    }

    // Once for each export, however many pages it has.
    private Future<Void> noted(Request request, boolean first) {
        return first
                ? pool.withTransaction(tx -> audit.event(
                        tx, request, "account-exported", request.caller().id(), Json.object()))
                : Future.succeededFuture();
    }

    private Future<List<ExportRecord>> collect(UUID member, Page page, Place from, List<ExportRecord> found) {
        int wanted = page.fetch() - found.size();
        return store.records(member, from, wanted).compose(records -> {
            found.addAll(records);
            Optional<Section> next = from.section().next();
            return records.size() == wanted || next.isEmpty()
                    ? Future.succeededFuture(found)
                    : collect(member, page, Place.startOf(next.get()), found);
        });
    }

    private static Reply answer(Optional<Profile> profile, Page page, List<ExportRecord> records) {
        ObjectNode answer = Json.object().put("exportedAt", Instants.iso(Instant.now()));
        answer.set("profile", Json.MAPPER.valueToTree(profile.orElseThrow()));
        for (Section section : Section.values()) {
            answer.putArray(section.field());
        }
        page.trim(records)
                .forEach(record -> answer.withArray(record.section().field()).add(Json.read(record.json())));
        answer.put("nextCursor", page.nextCursor(records, ExportRecord::place));
        return Reply.ok(answer);
    }

    private static Reply gone() {
        return Reply.refuse(ErrorCode.UNAUTHENTICATED, "This account no longer exists");
    }
}
