package io.cloneplatform.earnings.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Instants;
import io.cloneplatform.earnings.ledger.Account;
import io.cloneplatform.earnings.ledger.Ledger;
import io.cloneplatform.earnings.ledger.Transfer;
import io.cloneplatform.earnings.ledger.Transfer.Entry;
import io.cloneplatform.earnings.member.UserStates;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An admin corrects a balance by a ledger transfer with a reason; never below zero, and never what is held. */
public final class AdjustBalance {
    private static final int MAX_REASON = 500;

    private final Ledger ledger;
    private final UserStates users;

    public AdjustBalance(Ledger ledger, UserStates users) {
        this.ledger = ledger;
        this.users = users;
    }

    record Order(String userId, Money amount, String reason) {
        Order {
            Money.requireNameable(amount);
        }
    }

    private record Adjustment(String id, Money amount, String reason, String createdAt) {}

    private record Answer(ObjectNode user, Adjustment adjustment, Money newBalance, String message) {}

    /** Books the correction. */
    public Future<Reply> adjust(SqlConnection tx, Request request) {
        Order order = request.body(Order.class);
        Optional<Reply> refusal = check(order);
        Optional<UUID> member = Ids.parse(order.userId());
        if (refusal.isPresent()) {
            return Future.succeededFuture(refusal.orElseThrow());
        }
        return member.isEmpty()
                ? notFound()
                : ledger.lockMember(tx, member.orElseThrow())
                        .compose(account -> account.isEmpty()
                                ? notFound()
                                : ifCovered(tx, member.orElseThrow(), order, account.orElseThrow()));
    }

    private static Optional<Reply> check(Order order) {
        if (order.amount() == null || order.amount().equals(Money.ZERO)) {
            return Optional.of(Reply.invalid("amount", "must be a number other than zero"));
        }
        String reason = order.reason();
        return reason == null || reason.isBlank() || reason.codePointCount(0, reason.length()) > MAX_REASON
                ? Optional.of(Reply.invalid("reason", "must have 1 to 500 characters"))
                : Optional.empty();
    }

    private static Future<Reply> notFound() {
        return Future.succeededFuture(Reply.notFound("User"));
    }

    private Future<Reply> ifCovered(SqlConnection tx, UUID member, Order order, Account locked) {
        if (Math.addExact(locked.balance(), order.amount().minor()) < 0) {
            return Future.succeededFuture(Reply.refuse(
                    ErrorCode.INSUFFICIENT_BALANCE,
                    "The available balance of " + new Money(locked.balance()).text() + " does not cover this"));
        }
        return book(tx, member, order);
    }

    private Future<Reply> book(SqlConnection tx, UUID member, Order order) {
        UUID id = Ids.next();
        long amount = order.amount().minor();
        Transfer transfer = new Transfer(
                id,
                "adjustment",
                id.toString(),
                order.reason(),
                List.of(Entry.moving(member, "adjustment", amount), Entry.moving(Transfer.BACKING, "source", -amount)));
        Adjustment adjustment =
                new Adjustment(id.toString(), order.amount(), order.reason(), Instants.iso(Instant.now()));
        return ledger.post(tx, transfer).compose(after -> users.read(tx, member)
                .map(user -> Reply.ok(
                        new Answer(user, adjustment, new Money(after.get(member).balance()), "Balance adjusted."))));
    }
}
