package io.cloneplatform.premium.answer;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.premium.assignment.AssignmentTransition;
import io.cloneplatform.premium.ending.Ending;
import io.cloneplatform.premium.member.MemberState;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.UUID;

/** A member ends their assignment, offered or active, and with it the freeze: the way out that is always open. */
public final class DeclinePremium {
    private final Ending ending;

    public DeclinePremium(Ending ending) {
        this.ending = ending;
    }

    private record Answer(String message, boolean accountFrozen, Money freezeAmount) {}

    /** Ends the caller's open assignment. */
    public Future<Reply> decline(SqlConnection tx, Request request) {
        UUID member = UUID.fromString(request.caller().id());
        return ending.end(tx, member, AssignmentTransition.DECLINE).map(ended -> ended.map(DeclinePremium::answer)
                .orElseGet(() -> Reply.refuse(
                        ErrorCode.NO_ACTIVE_ASSIGNMENT, "There is no premium assignment for you to decline")));
    }

    private static Reply answer(MemberState member) {
        return Reply.ok(new Answer("Premium assignment declined.", member.accountFrozen(), member.freezeAmount()));
    }
}
