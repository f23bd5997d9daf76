package io.cloneplatform.earnings.statement;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.kv.Page;
import io.cloneplatform.common.kv.Period;
import io.cloneplatform.earnings.member.Callers;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Every entry of an account with the balance after it, newest first: for its member, and for admins. */
public final class ReadStatement {
    private final StatementStore store;

    public ReadStatement(Pool pool) {
        this.store = new StatementStore(pool);
    }

    /** The calling member's own, and nobody else's whatever the request says. */
    public Future<Reply> own(Request request) {
        return read(
                request,
                Callers.member(request),
                () -> Reply.refuse(ErrorCode.UNAUTHENTICATED, "This account no longer exists"));
    }

    /** Any member's, also of one who was removed: the books stay. */
    public Future<Reply> ofUser(Request request) {
        Optional<UUID> member = Ids.parse(request.param("id"));
        return member.isEmpty()
                ? Future.succeededFuture(Reply.notFound("User"))
                : read(request, member.get(), () -> Reply.notFound("User"));
    }

    private Future<Reply> read(Request request, UUID member, Supplier<Reply> unknown) {
        Page page = Page.of(request);
        Period period = Period.of(request);
        if (period.isEmpty()) {
            return Future.succeededFuture(Reply.invalid("to", "must be after from"));
        }
        return store.page(member, page, before(page), period)
                .map(found -> found.map(statement -> answer(request, statement)).orElseGet(unknown));
    }

    private static Long before(Page page) {
        try {
            return page.after() == null ? null : Long.valueOf(page.after());
        } catch (NumberFormatException e) {
            throw new Request.BadParam("cursor");
        }
    }

    private static Reply answer(Request request, Statement statement) {
        return wantsFile(request) ? StatementFile.of(statement) : Reply.ok(statement);
    }

    private static boolean wantsFile(Request request) {
        String format = request.param("format");
        return format == null
                ? StatementFile.ESSENCE.equals(request.param(Request.ACCEPT))
                : format.equals(StatementFile.FORMAT);
    }
}
