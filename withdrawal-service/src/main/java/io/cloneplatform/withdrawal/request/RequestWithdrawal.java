package io.cloneplatform.withdrawal.request;

import io.cloneplatform.common.batch.GroupCommit;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.idempotency.Imprint;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.withdrawal.Prices;
import io.cloneplatform.withdrawal.Withdrawal;
import io.cloneplatform.withdrawal.request.WithdrawalPassword.Check;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;
import java.util.UUID;

/** A member asks for money: the amount is held at once and waits for review. */
public final class RequestWithdrawal {
    private final GroupCommit<HoldBatch.Hold, Optional<String>> writer;
    private final WithdrawalPassword password;
    private final HoldStore holds;
    private final Prices prices;

    public RequestWithdrawal(
            GroupCommit<HoldBatch.Hold, Optional<String>> writer,
            WithdrawalPassword password,
            HoldStore holds,
            Prices prices) {
        this.writer = writer;
        this.password = password;
        this.holds = holds;
        this.prices = prices;
    }

    record Body(Money amount, String withdrawalPassword) {
        Body {
            Money.requireNameable(amount);
        }
    }

    private record Answer(Withdrawal withdrawal, Money newBalance, String message) {}

    /** The step before the transaction. */
    public Future<Check> checkPassword(Request request) {
        String given = request.body(Body.class).withdrawalPassword();
        return given == null
                ? Future.succeededFuture(Check.WRONG)
                : password.check(request.caller().id(), given, request.deadlineMs());
    }

    /** Takes the hold with the next batch, when nothing is in its way. */
    public Future<Optional<String>> requestAtOnce(Request request, Check check, Imprint imprint) {
        Money amount = request.body(Body.class).amount();
        if (check != Check.MATCHES || amount == null || amount.minor() <= 0) {
            return Future.succeededFuture(Optional.empty());
        }
        UUID member = UUID.fromString(request.caller().id());
        return writer.write(
                new HoldBatch.Hold(Ids.next(), member, amount, imprint), imprint.key(), request.deadlineMs());
    }

    /** Takes the hold, unless the password, a freeze or the balance forbids it. */
    public Future<Reply> request(SqlConnection tx, Request request, Check check) {
        Body body = request.body(Body.class);
        if (body.amount() == null || body.amount().minor() <= 0) {
            return Future.succeededFuture(Reply.invalid("amount", "must be greater than 0"));
        }
        if (body.withdrawalPassword() == null) {
            return Future.succeededFuture(Reply.invalid("withdrawalPassword", "is required"));
        }
        return switch (check) {
            case NOT_SET ->
                refuse(
                        ErrorCode.WITHDRAWAL_PASSWORD_NOT_SET,
                        "You have no withdrawal password yet. Set one with PUT /withdrawal-password, then try again");
            case WRONG -> refuse(ErrorCode.WRONG_WITHDRAWAL_PASSWORD, "The withdrawal password is wrong");
            case MATCHES -> hold(tx, UUID.fromString(request.caller().id()), body.amount());
        };
    }

    private Future<Reply> hold(SqlConnection tx, UUID member, Money amount) {
        return holds.holdIfFreeAndCovered(tx, member, Ids.next(), amount).map(attempt -> attempt.map(
                        made -> reply(made, amount))
                .orElseGet(() -> Reply.refuse(ErrorCode.UNAUTHENTICATED, "This account does not exist any more")));
    }

    private Reply reply(HoldStore.Attempt attempt, Money amount) {
        if (attempt.frozen()) {
            return Reply.refuse(ErrorCode.ACCOUNT_FROZEN, "Withdrawals are paused: " + attempt.freezeReason());
        }
        return attempt.written()
                .map(withdrawal ->
                        Reply.ok(new Answer(withdrawal, attempt.available().minus(amount), "Withdrawal requested.")))
                .orElseGet(() -> Reply.refuse(
                        ErrorCode.INSUFFICIENT_BALANCE,
                        "Insufficient balance. Available: " + prices.show(attempt.available())));
    }

    private static Future<Reply> refuse(ErrorCode code, String sentence) {
        return Future.succeededFuture(Reply.refuse(code, sentence));
    }
}
