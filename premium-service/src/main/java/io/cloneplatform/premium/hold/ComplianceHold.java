package io.cloneplatform.premium.hold;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Instants;
import io.cloneplatform.premium.member.MemberState;
import io.cloneplatform.premium.member.MemberStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BiFunction;

/** An admin pauses a member's withdrawals, with a reason the member sees, and lifts that again. */
public final class ComplianceHold {
    private final MemberStore members;

    public ComplianceHold(MemberStore members) {
        this.members = members;
    }

    private record Body(String userId, String reason) {}

    private record Answer(MemberState user) {}

    /** Sets the hold; a second one replaces the reason. */
    public Future<Reply> freeze(SqlConnection tx, Request request) {
        String reason = request.body(Body.class).reason();
        if (reason == null || reason.isBlank()) {
            return Future.succeededFuture(Reply.invalid("reason", "is required"));
        }
        ObjectNode hold = Json.object()
                .put("reason", reason)
                .put("by", request.caller().id())
                .put("at", Instants.iso(Instant.now()));
        return withMember(tx, request, (member, locked) -> members.putHold(tx, member, hold)
                .map(user -> Reply.ok(new Answer(user))));
    }

    /** Lifts the hold; a freeze of an accepted premium assignment is not the admin's to lift and stays. */
    public Future<Reply> unfreeze(SqlConnection tx, Request request) {
        return withMember(
                tx,
                request,
                (member, locked) -> locked.onHold()
                        ? members.removeHold(tx, member).map(user -> Reply.ok(new Answer(user)))
                        : members.find(tx, member).map(user -> notHeld(user.orElseThrow())));
    }

    private static Reply notHeld(MemberState user) {
        return Reply.refuse(
                ErrorCode.WRONG_STATE,
                user.accountFrozen()
                        ? "No admin holds this account; its freeze comes from a premium assignment that the member"
                                + " accepted and ends when the balance covers it or the member declines it"
                        : "This account is not frozen");
    }

    private Future<Reply> withMember(
            SqlConnection tx, Request request, BiFunction<UUID, MemberStore.Locked, Future<Reply>> change) {
        return Ids.parse(request.body(Body.class).userId())
                .map(member -> members.lock(tx, member)
                        .map(locked -> locked.filter(user -> !user.gone()))
                        .compose(user -> user.map(locked -> change.apply(member, locked))
                                .orElseGet(() -> Future.succeededFuture(Reply.notFound("User")))))
                .orElseGet(() -> Future.succeededFuture(Reply.notFound("User")));
    }
}
