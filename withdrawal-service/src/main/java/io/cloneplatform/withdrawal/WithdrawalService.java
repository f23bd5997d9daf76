package io.cloneplatform.withdrawal;

import io.cloneplatform.common.batch.BatchStatement;
import io.cloneplatform.common.batch.GroupCommit;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Operations;
import io.cloneplatform.common.config.MoneyRules;
import io.cloneplatform.common.launch.Node;
import io.cloneplatform.common.launch.OperationsVerticle;
import io.cloneplatform.common.launch.ServiceModule;
import io.cloneplatform.common.metrics.Counts;
import io.cloneplatform.withdrawal.cancel.CancelWithdrawal;
import io.cloneplatform.withdrawal.history.HistoryStore;
import io.cloneplatform.withdrawal.history.WithdrawalHistory;
import io.cloneplatform.withdrawal.request.HoldBatch;
import io.cloneplatform.withdrawal.request.HoldStore;
import io.cloneplatform.withdrawal.request.RequestWithdrawal;
import io.cloneplatform.withdrawal.request.WithdrawalPassword;
import io.cloneplatform.withdrawal.review.FundsStore;
import io.cloneplatform.withdrawal.review.QueueStore;
import io.cloneplatform.withdrawal.review.ReviewBatch;
import io.cloneplatform.withdrawal.review.ReviewQueue;
import io.cloneplatform.withdrawal.review.ReviewWithdrawal;
import io.vertx.core.Future;
import java.util.Optional;

/** Withdrawals: members request and cancel them, admins review them. */
public final class WithdrawalService implements ServiceModule {
    @Override
    public String name() {
        return "withdrawal";
    }

    @Override
    public Future<Void> deploy(Node node) {
        MoneyRules rules = node.config().rules();
        Prices prices = new Prices(rules.currency());
        WithdrawalStore withdrawals = new WithdrawalStore();
        Settlement settlement = new Settlement(withdrawals);
        WithdrawalPassword password = new WithdrawalPassword(node.lookups(), node.hasher());
        RequestWithdrawal request = new RequestWithdrawal(
                writer(node, "withdrawal.request", new HoldBatch(node.pool())), password, new HoldStore(), prices);
        FundsStore funds = new FundsStore();
        CancelWithdrawal cancel = new CancelWithdrawal(settlement, withdrawals);
        ReviewWithdrawal review = new ReviewWithdrawal(
                writer(node, "withdrawal.review", new ReviewBatch(node.pool())),
                settlement,
                withdrawals,
                funds,
                prices,
                rules.requireFunding());
        WithdrawalHistory history = new WithdrawalHistory(new HistoryStore(node.pool()));
        ReviewQueue queue = new ReviewQueue(new QueueStore(node.pool()));

        Operations operations = new Operations(node.writes())
                .write(Addresses.WITHDRAWAL_REQUEST, request::checkPassword, request::requestAtOnce, request::request)
                .write(Addresses.WITHDRAWAL_CANCEL, cancel::cancel)
                .write(Addresses.WITHDRAWAL_APPROVE, review::approveAtOnce, review::approve)
                .write(Addresses.WITHDRAWAL_DENY, review::denyAtOnce, review::deny)
                .read(Addresses.WITHDRAWAL_HISTORY, history::history)
                .read(Addresses.WITHDRAWAL_REVIEW_QUEUE, queue::list);
        new WithdrawalCounts(new Counts(node.metrics())).watch(operations);
        return funds.announce(node.pool(), rules.requireFunding())
                .compose(announced -> OperationsVerticle.deploy(node, name(), operations));
    }

    // What came second with the same key in one batch finds the answer of the first when it asks by itself.
    private static <I> GroupCommit<I, Optional<String>> writer(
            Node node, String name, BatchStatement<I, Optional<String>> statement) {
        return new GroupCommit<>(
                node.vertx(),
                new Counts(node.metrics()),
                name,
                statement,
                (second, first) -> Future.succeededFuture(Optional.empty()));
    }
}
