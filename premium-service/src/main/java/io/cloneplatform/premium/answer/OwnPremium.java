package io.cloneplatform.premium.answer;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Instants;
import io.cloneplatform.premium.ending.Ending;
import io.cloneplatform.premium.member.MemberState;
import io.cloneplatform.premium.member.MemberStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A member looks at their own assignment and at what pauses their withdrawals. */
public final class OwnPremium {
    private final Pool pool;
    private final MemberStore members;
    private final Ending ending;
    private final Offers offers;
    private final Runnable expired;

    /**
     * Looks for any member.
     *
     * @param expired told of each assignment that ended because its time had run out
     */
    public OwnPremium(Pool pool, MemberStore members, Ending ending, Offers offers, Runnable expired) {
        this.pool = pool;
        this.members = members;
        this.ending = ending;
        this.offers = offers;
        this.expired = expired;
    }

    private record Answer(PremiumOffer premium, boolean accountFrozen, Money freezeAmount, String freezeReason) {}

    /** The caller's open assignment with its terms; one whose time has run out ends here. */
    public Future<Reply> get(Request request) {
        UUID member = UUID.fromString(request.caller().id());
        return members.find(pool, member)
                .compose(found -> overdue(found) ? expire(member) : Future.succeededFuture(found))
                .map(found -> found.map(this::answer)
                        .orElseGet(
                                () -> Reply.refuse(ErrorCode.UNAUTHENTICATED, "This account does not exist any more")));
    }

    private static boolean overdue(Optional<MemberState> found) {
        return found.map(MemberState::premiumAssignment)
                .filter(assignment -> assignment.overdue(Instants.iso(Instant.now())))
                .isPresent();
    }

    private Future<Optional<MemberState>> expire(UUID member) {
        return pool.withTransaction(tx -> ending.endOverdue(tx, member))
                .onSuccess(ended -> ended.ifPresent(done -> expired.run()))
                .compose(ended -> ended.isPresent() ? Future.succeededFuture(ended) : members.find(pool, member));
    }

    private Reply answer(MemberState member) {
        PremiumOffer offer = member.premiumAssignment() == null ? null : offers.of(member);
        return Reply.ok(new Answer(offer, member.accountFrozen(), member.freezeAmount(), member.freezeReason()));
    }
}
