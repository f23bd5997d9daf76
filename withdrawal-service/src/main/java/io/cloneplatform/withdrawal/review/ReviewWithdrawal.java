package io.cloneplatform.withdrawal.review;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.batch.GroupCommit;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.idempotency.Imprint;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.withdrawal.Prices;
import io.cloneplatform.withdrawal.Settlement;
import io.cloneplatform.withdrawal.Withdrawal;
import io.cloneplatform.withdrawal.WithdrawalId;
import io.cloneplatform.withdrawal.WithdrawalStatus;
import io.cloneplatform.withdrawal.WithdrawalStore;
import io.cloneplatform.withdrawal.WithdrawalTransition;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** An admin approves or denies a pending withdrawal. */
public final class ReviewWithdrawal {
    private static final String APPROVED = "Withdrawal approved.";
    private static final String DENIED = "Withdrawal denied.";

    private final GroupCommit<ReviewBatch.Decision, Optional<String>> writer;
    private final Settlement settlement;
    private final WithdrawalStore withdrawals;
    private final FundsStore funds;
    private final Prices prices;
    private final boolean requireFunding;

    public ReviewWithdrawal(
            GroupCommit<ReviewBatch.Decision, Optional<String>> writer,
            Settlement settlement,
            WithdrawalStore withdrawals,
            FundsStore funds,
            Prices prices,
            boolean requireFunding) {
        this.writer = writer;
        this.settlement = settlement;
        this.withdrawals = withdrawals;
        this.funds = funds;
        this.prices = prices;
        this.requireFunding = requireFunding;
    }

    private record Body(String withdrawalId, String reason, String denialReason) {
        String effectiveReason() {
            return reason == null ? denialReason : reason;
        }
    }

    private record Answer(Withdrawal withdrawal, String message) {}

    /** Pays the held amount out with the next batch, where no funds have to cover it. */
    public Future<Optional<String>> approveAtOnce(Request request, Void nothing, Imprint imprint) {
        return requireFunding
                ? Future.succeededFuture(Optional.empty())
                : atOnce(request, change(WithdrawalTransition.APPROVE), APPROVED, imprint);
    }

    /** Returns the held amount to the member with the next batch. */
    public Future<Optional<String>> denyAtOnce(Request request, Void nothing, Imprint imprint) {
        String reason = request.body(Body.class).effectiveReason();
        ObjectNode change = change(WithdrawalTransition.DENY);
        return atOnce(request, reason == null ? change : change.put("denialReason", reason), DENIED, imprint);
    }

    private static ObjectNode change(WithdrawalTransition transition) {
        return Json.object().put("status", transition.to().text());
    }

    private Future<Optional<String>> atOnce(Request request, ObjectNode change, String message, Imprint imprint) {
        return WithdrawalId.parse(request.body(Body.class).withdrawalId())
                .filter(id -> !id.old())
                .map(id -> new ReviewBatch.Decision(id.uuid(), Json.text(change), message, imprint))
                .map(decision -> writer.write(decision, imprint.key(), request.deadlineMs()))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    /** Pays the held amount out, if recorded funds cover it where the installation asks for that. */
    public Future<Reply> approve(SqlConnection tx, Request request) {
        return withKey(tx, request, key -> requireFunding ? approveIfFunded(tx, key) : pay(tx, key));
    }

    /** Returns the held amount to the member. */
    public Future<Reply> deny(SqlConnection tx, Request request) {
        String reason = request.body(Body.class).effectiveReason();
        return withKey(
                tx,
                request,
                key -> settlement.settle(tx, key, WithdrawalTransition.DENY, reason, denied -> answer(denied, DENIED)));
    }

    private Future<Reply> withKey(SqlConnection tx, Request request, Function<String, Future<Reply>> review) {
        return WithdrawalId.parse(request.body(Body.class).withdrawalId())
                .map(id -> withdrawals.locate(tx, id))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()))
                .compose(key -> key.map(review).orElseGet(() -> Future.succeededFuture(Reply.notFound("Withdrawal"))));
    }

    private Future<Reply> approveIfFunded(SqlConnection tx, String key) {
        return withdrawals
                .lock(tx, key)
                .map(locked -> locked.filter(withdrawal -> withdrawal.status() == WithdrawalStatus.PENDING))
                .compose(pending -> pending.isEmpty()
                        ? pay(tx, key)
                        : funds.lockFunds(tx, UUID.fromString(pending.get().userId()))
                                .compose(available -> payIfFunded(tx, key, pending.get(), available)));
    }

    private Future<Reply> payIfFunded(SqlConnection tx, String key, Withdrawal withdrawal, Money available) {
        if (available.compareTo(withdrawal.amount()) < 0) {
            return Future.succeededFuture(Reply.refuse(
                    ErrorCode.FUNDING_REQUIRED,
                    "The recorded funds of " + prices.show(available) + " do not cover this withdrawal of "
                            + prices.show(withdrawal.amount())
                            + ". Record money that came in with POST /admin/funding"));
        }
        return pay(tx, key);
    }

    private Future<Reply> pay(SqlConnection tx, String key) {
        return settlement.settle(tx, key, WithdrawalTransition.APPROVE, null, approved -> answer(approved, APPROVED));
    }

    private static Future<Reply> answer(Withdrawal withdrawal, String message) {
        return Future.succeededFuture(Reply.ok(new Answer(withdrawal, message)));
    }
}
