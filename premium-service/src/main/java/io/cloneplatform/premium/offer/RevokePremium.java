package io.cloneplatform.premium.offer;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.premium.assignment.AssignmentTransition;
import io.cloneplatform.premium.ending.Ending;
import io.cloneplatform.premium.member.MemberState;
import io.cloneplatform.premium.member.MemberStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.UUID;

/** An admin takes an open assignment back. */
public final class RevokePremium {
    private final Ending ending;
    private final MemberStore members;

    public RevokePremium(Ending ending, MemberStore members) {
        this.ending = ending;
        this.members = members;
    }

    private record Body(String userId) {}

    private record Answer(String message, MemberState user) {}

    /** Ends the member's open assignment and its freeze. */
    public Future<Reply> revoke(SqlConnection tx, Request request) {
        return Ids.parse(request.body(Body.class).userId())
                .map(member -> revoke(tx, member))
                .orElseGet(() -> Future.succeededFuture(Reply.notFound("User")));
    }

    private Future<Reply> revoke(SqlConnection tx, UUID member) {
        return ending.end(tx, member, AssignmentTransition.REVOKE)
                .compose(ended -> ended.isPresent()
                        ? Future.succeededFuture(Reply.ok(new Answer("Premium assignment revoked.", ended.get())))
                        : members.find(tx, member)
                                .map(user -> user.isPresent()
                                        ? Reply.refuse(
                                                ErrorCode.NO_ACTIVE_ASSIGNMENT,
                                                "This user has no open premium assignment")
                                        : Reply.notFound("User")));
    }
}
