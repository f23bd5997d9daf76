package io.cloneplatform.withdrawal.review;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
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
    private final Settlement settlement;
    private final WithdrawalStore withdrawals;
    private final FundsStore funds;
    private final Prices prices;
    private final boolean requireFunding;

    public ReviewWithdrawal(
            Settlement settlement,
            WithdrawalStore withdrawals,
            FundsStore funds,
            Prices prices,
            boolean requireFunding) {
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
                key -> settlement.settle(
                        tx, key, WithdrawalTransition.DENY, reason, denied -> answer(denied, "Withdrawal denied.")));
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
        return settlement.settle(
                tx, key, WithdrawalTransition.APPROVE, null, approved -> answer(approved, "Withdrawal approved."));
    }

    private static Future<Reply> answer(Withdrawal withdrawal, String message) {
        return Future.succeededFuture(Reply.ok(new Answer(withdrawal, message)));
    }
}
