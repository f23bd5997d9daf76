package io.cloneplatform.withdrawal;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;
import java.util.function.Function;

/** Ends pending withdrawals, each exactly once however many try at the same time. */
public final class Settlement {
    private final WithdrawalStore withdrawals;

    public Settlement(WithdrawalStore withdrawals) {
        this.withdrawals = withdrawals;
    }

    /**
     * Takes an edge and answers with the withdrawal as it is then; refuses when it is not pending, naming its state.
     *
     * @param denialReason what the member is told, or null
     */
    public Future<Reply> settle(
            SqlConnection tx,
            String key,
            WithdrawalTransition transition,
            String denialReason,
            Function<Withdrawal, Future<Reply>> answer) {
        return withdrawals
                .move(tx, key, transition, denialReason)
                .compose(moved -> moved.isPresent()
                        ? answer.apply(moved.get())
                        : withdrawals.find(tx, key).map(Settlement::refusal));
    }

    private static Reply refusal(Optional<Withdrawal> found) {
        return found.map(withdrawal -> Reply.refuse(
                        ErrorCode.WRONG_STATE,
                        "This withdrawal is " + withdrawal.status().text()
                                + "; only a pending one can be approved, denied or cancelled"))
                .orElseGet(() -> Reply.notFound("Withdrawal"));
    }
}
