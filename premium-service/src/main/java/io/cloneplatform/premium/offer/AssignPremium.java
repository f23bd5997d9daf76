package io.cloneplatform.premium.offer;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Instants;
import io.cloneplatform.premium.assignment.Assignment;
import io.cloneplatform.premium.assignment.AssignmentStatus;
import io.cloneplatform.premium.assignment.AssignmentStore;
import io.cloneplatform.premium.assignment.AssignmentTransition;
import io.cloneplatform.premium.assignment.Boost;
import io.cloneplatform.premium.member.MemberState;
import io.cloneplatform.premium.member.MemberStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** An admin offers a premium product to a member. An offer freezes nothing; it replaces an open assignment. */
public final class AssignPremium {
    private final AssignmentStore assignments;
    private final MemberStore members;
    private final Boost boost;
    private final Duration lifetime;

    public AssignPremium(AssignmentStore assignments, MemberStore members, Boost boost, int expiryDays) {
        this.assignments = assignments;
        this.members = members;
        this.boost = boost;
        this.lifetime = Duration.ofDays(expiryDays);
    }

    private record Body(String userId, JsonNode amount, JsonNode position) {}

    private record Product(Money amount, int position) {}

    private record Result(Money boostedCommission, boolean frozen, boolean willFreezeOnAccept) {}

    private record Answer(MemberState user, Result result) {}

    /** Makes the offer. */
    public Future<Reply> assign(SqlConnection tx, Request request) {
        Body body = request.body(Body.class);
        Optional<BigDecimal> amount = OfferedValues.amount(body.amount());
        if (amount.isEmpty()) {
            return Future.succeededFuture(
                    Reply.invalid("amount", "must be above 0 and at most 1000000, with at most two decimals"));
        }
        Optional<Integer> position = OfferedValues.position(body.position());
        if (position.isEmpty()) {
            return Future.succeededFuture(Reply.invalid("position", "must be a whole number from 1 to 1000000"));
        }
        Product product = new Product(Money.ofMajor(amount.get()), position.get());
        return Ids.parse(body.userId())
                .map(member -> offer(tx, member, product))
                .orElseGet(() -> Future.succeededFuture(Reply.notFound("User")));
    }

    private Future<Reply> offer(SqlConnection tx, UUID member, Product product) {
        return assignments.lockOpen(tx, member).compose(open -> members.lock(tx, member)
                .map(locked -> locked.filter(user -> !user.gone()))
                .compose(user -> user.isEmpty()
                        ? Future.succeededFuture(Reply.notFound("User"))
                        : replace(tx, open, newOffer(member, user.get(), product))
                                .map(state -> answer(state, product))));
    }

    private Assignment newOffer(UUID member, MemberStore.Locked user, Product product) {
        Instant now = Instant.now();
        return new Assignment(
                Ids.next().toString(),
                member.toString(),
                user.email(),
                user.name(),
                product.amount(),
                product.position(),
                AssignmentStatus.OFFERED,
                Instants.iso(now),
                Instants.iso(now.plus(lifetime)),
                null,
                null);
    }

    private Future<MemberState> replace(SqlConnection tx, Optional<Assignment> open, Assignment offer) {
        return open.map(old -> assignments.save(tx, replaced(old, offer.assignedAt())))
                .orElseGet(Future::succeededFuture)
                .compose(ended -> assignments.insert(tx, offer))
                .compose(inserted -> members.putAssignment(tx, UUID.fromString(offer.userId()), offer.view(), false));
    }

    private static Assignment replaced(Assignment old, String now) {
        return old.after(old.view().overdue(now) ? AssignmentTransition.EXPIRE : AssignmentTransition.REVOKE, now);
    }

    private Reply answer(MemberState user, Product product) {
        boolean willFreeze = product.amount().compareTo(user.balance()) > 0;
        return Reply.ok(new Answer(user, new Result(boost.of(product.amount()), false, willFreeze)));
    }
}
