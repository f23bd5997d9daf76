package io.cloneplatform.earnings.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.earnings.member.UserStates;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;
import java.util.UUID;

/** An admin sets a member's tier by hand; it then sticks. */
public final class SetVipTier {
    private final TierStore tiers;

    public SetVipTier(TierStore tiers) {
        this.tiers = tiers;
    }

    private record Order(String userId, String vipTier) {}

    private record Answer(ObjectNode user, String message) {}

    /** Sets it. */
    public Future<Reply> set(SqlConnection tx, Request request) {
        Order order = request.body(Order.class);
        Optional<UUID> member = Ids.parse(order.userId());
        if (member.isEmpty()) {
            return Future.succeededFuture(Reply.notFound("User"));
        }
        return tiers.known(tx, String.valueOf(order.vipTier()))
                .compose(known -> known
                        ? set(tx, member.orElseThrow(), order.vipTier())
                        : Future.succeededFuture(Reply.invalid("vipTier", "is not a tier")));
    }

    private Future<Reply> set(SqlConnection tx, UUID member, String tier) {
        return tiers.setByHand(tx, member, tier).map(found -> found.map(
                        document -> Reply.ok(new Answer(UserStates.of(document), "Tier set to " + tier + ".")))
                .orElseGet(() -> Reply.notFound("User")));
    }
}
