package io.cloneplatform.earnings.admin;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Instants;
import io.cloneplatform.earnings.ledger.Ledger;
import io.cloneplatform.earnings.ledger.Transfer;
import io.cloneplatform.earnings.ledger.Transfer.Entry;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An operator records money that came in from outside. A reference is recorded once. */
public final class RecordFunding {
    private static final int MAX_REFERENCE = 200;

    private static final String RECORDED =
            "SELECT FROM ledger_transfer WHERE kind = 'funding' AND reference = $1 AND phase = 'posted'";

    private static final String FUNDS = "SELECT platform_funds() AS funds";

    private final Ledger ledger;

    public RecordFunding(Ledger ledger) {
        this.ledger = ledger;
    }

    record Order(Money amount, String reference) {
        Order {
            Money.requireNameable(amount);
        }
    }

    private record Funding(String id, Money amount, String reference, String createdAt) {}

    private record Answer(Funding funding, Money platformFunds, String message) {}

    /** Records it. */
    public Future<Reply> record(SqlConnection tx, Request request) {
        Order order = request.body(Order.class);
        Optional<Reply> refusal = check(order);
        return refusal.isPresent()
                ? Future.succeededFuture(refusal.orElseThrow())
                : once(tx, order.amount(), order.reference().strip());
    }

    private static Optional<Reply> check(Order order) {
        if (order.amount() == null || order.amount().compareTo(Money.ZERO) <= 0) {
            return Optional.of(Reply.invalid("amount", "must be above zero"));
        }
        String reference = order.reference();
        return reference == null
                        || reference.isBlank()
                        || reference.codePointCount(0, reference.length()) > MAX_REFERENCE
                ? Optional.of(Reply.invalid("reference", "must have 1 to 200 characters"))
                : Optional.empty();
    }

    // Every funding takes the lock of the external account, so that of two with one reference the second sees the
    // first.
    private Future<Reply> once(SqlConnection tx, Money amount, String reference) {
        return ledger.lock(tx, Transfer.EXTERNAL)
                .compose(locked -> tx.preparedQuery(RECORDED).execute(Tuple.of(reference)))
                .compose(found -> found.size() > 0
                        ? Future.succeededFuture(Reply.refuse(
                                ErrorCode.DUPLICATE_REFERENCE, "Funding with this reference was recorded before"))
                        : post(tx, amount, reference));
    }

    private Future<Reply> post(SqlConnection tx, Money amount, String reference) {
        UUID id = Ids.next();
        Transfer transfer = new Transfer(
                id,
                "funding",
                reference,
                null,
                List.of(
                        Entry.moving(Transfer.BACKING, "funding", amount.minor()),
                        Entry.moving(Transfer.EXTERNAL, "funding", -amount.minor())));
        Funding funding = new Funding(id.toString(), amount, reference, Instants.iso(Instant.now()));
        return ledger.post(tx, transfer)
                .compose(posted -> tx.query(FUNDS).execute())
                .map(rows -> new Money(rows.iterator().next().getLong("funds")))
                .map(funds -> Reply.ok(new Answer(funding, funds, "Funding recorded.")));
    }
}
