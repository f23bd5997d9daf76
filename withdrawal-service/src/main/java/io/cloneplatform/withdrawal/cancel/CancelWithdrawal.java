package io.cloneplatform.withdrawal.cancel;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.withdrawal.Settlement;
import io.cloneplatform.withdrawal.Withdrawal;
import io.cloneplatform.withdrawal.WithdrawalId;
import io.cloneplatform.withdrawal.WithdrawalStore;
import io.cloneplatform.withdrawal.WithdrawalTransition;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;
import java.util.UUID;

/** A member takes a pending withdrawal back. */
public final class CancelWithdrawal {
    private final Settlement settlement;
    private final WithdrawalStore withdrawals;

    public CancelWithdrawal(Settlement settlement, WithdrawalStore withdrawals) {
        this.settlement = settlement;
        this.withdrawals = withdrawals;
    }

    private record Answer(Withdrawal withdrawal, Money newBalance, String message) {}

    /** Makes the held amount available again; a withdrawal of somebody else is as unknown as one that never was. */
    public Future<Reply> cancel(SqlConnection tx, Request request) {
        UUID member = UUID.fromString(request.caller().id());
        Optional<WithdrawalId> id = WithdrawalId.parse(request.param("id"));
        return id.map(known -> withdrawals.locate(tx, known))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()))
                .map(key -> key.filter(found -> found.startsWith(Keys.withdrawal(member, ""))))
                .compose(own -> own.map(key -> cancel(tx, member, key))
                        .orElseGet(() -> Future.succeededFuture(Reply.notFound("Withdrawal"))));
    }

    private Future<Reply> cancel(SqlConnection tx, UUID member, String key) {
        return settlement.settle(
                tx, key, WithdrawalTransition.CANCEL, null, cancelled -> answer(tx, member, cancelled));
    }

    private Future<Reply> answer(SqlConnection tx, UUID member, Withdrawal cancelled) {
        return withdrawals
                .balance(tx, member)
                .map(balance -> Reply.ok(new Answer(cancelled, balance, "Withdrawal cancelled.")));
    }
}
