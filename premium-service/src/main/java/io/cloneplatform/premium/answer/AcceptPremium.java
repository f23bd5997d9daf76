package io.cloneplatform.premium.answer;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Instants;
import io.cloneplatform.premium.assignment.Assignment;
import io.cloneplatform.premium.assignment.AssignmentStore;
import io.cloneplatform.premium.assignment.AssignmentTransition;
import io.cloneplatform.premium.member.MemberState;
import io.cloneplatform.premium.member.MemberStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A member accepts an offer; what the balance does not cover at that moment pauses their withdrawals. */
public final class AcceptPremium {
    private final AssignmentStore assignments;
    private final MemberStore members;
    private final Offers offers;

    public AcceptPremium(AssignmentStore assignments, MemberStore members, Offers offers) {
        this.assignments = assignments;
        this.members = members;
        this.offers = offers;
    }

    private record Answer(PremiumOffer premium, boolean accountFrozen, Money freezeAmount, String message) {}

    /** Makes the caller's offer active. */
    public Future<Reply> accept(SqlConnection tx, Request request) {
        UUID member = UUID.fromString(request.caller().id());
        String now = Instants.iso(Instant.now());
        return assignments.lockOpen(tx, member).compose(open -> refusal(open, now)
                .map(Future::succeededFuture)
                .orElseGet(() -> activate(tx, member, open.orElseThrow().after(AssignmentTransition.ACCEPT, now))));
    }

    private static Optional<Reply> refusal(Optional<Assignment> open, String now) {
        if (open.isEmpty()) {
            return Optional.of(
                    Reply.refuse(ErrorCode.NO_ACTIVE_ASSIGNMENT, "There is no premium offer for you to accept"));
        }
        if (open.get().view().overdue(now)) {
            return Optional.of(Reply.refuse(ErrorCode.NO_ACTIVE_ASSIGNMENT, "This premium offer has expired"));
        }
        return AssignmentTransition.ACCEPT.leaves(open.get().status())
                ? Optional.empty()
                : Optional.of(Reply.refuse(
                        ErrorCode.WRONG_STATE,
                        "Your premium assignment is " + open.get().status().text() + " already"));
    }

    private Future<Reply> activate(SqlConnection tx, UUID member, Assignment accepted) {
        return members.lock(tx, member)
                .map(locked -> accepted.amount().compareTo(locked.orElseThrow().available()) > 0)
                .compose(freezes -> assignments
                        .save(tx, accepted)
                        .compose(saved -> members.putAssignment(tx, member, accepted.view(), freezes)))
                .map(this::answer);
    }

    private Reply answer(MemberState member) {
        return Reply.ok(new Answer(
                offers.of(member), member.accountFrozen(), member.freezeAmount(), "Premium assignment accepted."));
    }
}
