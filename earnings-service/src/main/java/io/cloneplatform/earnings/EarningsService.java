package io.cloneplatform.earnings;

import io.cloneplatform.common.batch.GroupCommit;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Operations;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.config.MoneyRules;
import io.cloneplatform.common.db.Database;
import io.cloneplatform.common.launch.Node;
import io.cloneplatform.common.launch.OperationsVerticle;
import io.cloneplatform.common.launch.ServiceModule;
import io.cloneplatform.common.metrics.Counts;
import io.cloneplatform.earnings.admin.AdjustBalance;
import io.cloneplatform.earnings.admin.PlatformMetrics;
import io.cloneplatform.earnings.admin.RecordFunding;
import io.cloneplatform.earnings.admin.ReverseTransfer;
import io.cloneplatform.earnings.admin.SetVipTier;
import io.cloneplatform.earnings.admin.TierStore;
import io.cloneplatform.earnings.analytics.Leaderboard;
import io.cloneplatform.earnings.analytics.LeaderboardStore;
import io.cloneplatform.earnings.analytics.Months;
import io.cloneplatform.earnings.analytics.Network;
import io.cloneplatform.earnings.analytics.ReadAnalytics;
import io.cloneplatform.earnings.bonus.BonusHistory;
import io.cloneplatform.earnings.bonus.BonusStore;
import io.cloneplatform.earnings.bonus.ClaimBonus;
import io.cloneplatform.earnings.bonus.ListBonuses;
import io.cloneplatform.earnings.gauges.PlatformGauges;
import io.cloneplatform.earnings.ledger.Ledger;
import io.cloneplatform.earnings.member.UserStates;
import io.cloneplatform.earnings.products.ListProducts;
import io.cloneplatform.earnings.referrals.ListReferrals;
import io.cloneplatform.earnings.review.ListSubmissions;
import io.cloneplatform.earnings.review.ReviewStore;
import io.cloneplatform.earnings.review.ReviewSubmission;
import io.cloneplatform.earnings.statement.ReadStatement;
import io.cloneplatform.earnings.submit.AssignmentStore;
import io.cloneplatform.earnings.submit.CommissionSplit;
import io.cloneplatform.earnings.submit.CompletePremium;
import io.cloneplatform.earnings.submit.LineStore;
import io.cloneplatform.earnings.submit.PendingSubmission;
import io.cloneplatform.earnings.submit.SubmissionBatch;
import io.cloneplatform.earnings.submit.SubmissionCounts;
import io.cloneplatform.earnings.submit.SubmissionStore;
import io.cloneplatform.earnings.submit.SubmitProduct;
import io.cloneplatform.earnings.summary.EarningsStore;
import io.cloneplatform.earnings.summary.ReadEarnings;
import io.cloneplatform.earnings.transactions.ListTransactions;
import io.cloneplatform.earnings.verify.AskVerification;
import io.cloneplatform.earnings.verify.JournalSealer;
import io.cloneplatform.earnings.verify.NightlyVerification;
import io.cloneplatform.earnings.verify.VerifyLedger;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;

/** Submissions, commissions, statements, referrals, tiers, bonuses and analytics, and the ledger's admin side. */
public final class EarningsService implements ServiceModule {
    @Override
    public String name() {
        return "earnings";
    }

    @Override
    public Future<Void> deploy(Node node) {
        Operations operations = new Operations(node.writes());
        Ledger ledger = new Ledger();
        TierStore tiers = new TierStore();
        Pool patient = Database.patientPool(node.vertx(), node.config().database(), "clone-earnings-patient");
        submissions(operations, node, ledger);
        earnings(operations, node);
        bonuses(operations, node, ledger);
        administration(operations, node, ledger, tiers, patient);
        return tiers.align(node.pool(), patient, node.config().rules().tierThresholds())
                .compose(aligned -> OperationsVerticle.deploy(node, name(), operations));
    }

    private static void submissions(Operations operations, Node node, Ledger ledger) {
        MoneyRules rules = node.config().rules();
        LineStore lines = new LineStore();
        SubmissionStore store = new SubmissionStore();
        ReviewStore reviews = new ReviewStore(node.pool());
        CommissionSplit split = new CommissionSplit(rules.splitPercent());
        CompletePremium premium = new CompletePremium(new AssignmentStore(), store, ledger, rules, split);
        GroupCommit<PendingSubmission, Reply> writer = new GroupCommit<>(
                node.vertx(),
                new Counts(node.metrics()),
                "submissions",
                new SubmissionBatch(node.pool(), lines, node.writes(), rules, split),
                (second, first) -> SubmitProduct.repeat(node.writes(), second, first));
        SubmitProduct submit = new SubmitProduct(lines, node.writes(), writer, premium);
        ReviewSubmission review = new ReviewSubmission(reviews, lines, store, ledger, split);
        operations
                .read(Addresses.EARNINGS_SUBMIT, submit::submit)
                .read(Addresses.EARNINGS_PRODUCTS, new ListProducts(node.pool())::list)
                .read(Addresses.EARNINGS_SUBMISSIONS, new ListSubmissions(reviews)::list)
                .write(Addresses.EARNINGS_SUBMISSION_APPROVE, review::approve)
                .write(Addresses.EARNINGS_SUBMISSION_REJECT, review::reject);
        new SubmissionCounts(new Counts(node.metrics())).watch(operations);
    }

    private static void earnings(Operations operations, Node node) {
        EarningsStore store = new EarningsStore(node.lookups());
        ReadEarnings read = new ReadEarnings(store);
        ReadStatement statement = new ReadStatement(node.pool());
        Leaderboard leaderboard = new Leaderboard(new LeaderboardStore(node.lookups(), node.pool()), node.metrics());
        ReadAnalytics analytics = new ReadAnalytics(store, new Months(node.lookups(), node.pool(), node.metrics()));
        operations
                .read(Addresses.EARNINGS_SUMMARY, read::summary)
                .read(Addresses.EARNINGS_MULTILEVEL, read::multilevel)
                .read(Addresses.EARNINGS_STATEMENT, statement::own)
                .read(Addresses.EARNINGS_USER_STATEMENT, statement::ofUser)
                .read(Addresses.EARNINGS_REFERRALS, new ListReferrals(node.pool())::list)
                .read(Addresses.EARNINGS_ANALYTICS, analytics::trend)
                .read(Addresses.EARNINGS_MONTHLY_REPORT, analytics::monthlyReport)
                .read(Addresses.EARNINGS_NETWORK, new Network(node.pool())::count)
                .read(Addresses.EARNINGS_LEADERBOARD, leaderboard::read);
    }

    private static void bonuses(Operations operations, Node node, Ledger ledger) {
        BonusStore store = new BonusStore();
        operations
                .read(Addresses.EARNINGS_BONUSES, new ListBonuses(node.pool(), store)::list)
                .read(Addresses.EARNINGS_BONUS_HISTORY, new BonusHistory(node.pool(), store)::list)
                .write(
                        Addresses.EARNINGS_BONUS_CLAIM,
                        new ClaimBonus(store, ledger, node.config().rules().currency())::claim);
    }

    private static void administration(Operations operations, Node node, Ledger ledger, TierStore tiers, Pool patient) {
        VerifyLedger verify = new VerifyLedger(node.pool(), patient);
        operations
                .write(Addresses.EARNINGS_VIP_TIER, new SetVipTier(tiers)::set)
                .write(Addresses.EARNINGS_ADJUST_BALANCE, new AdjustBalance(ledger, new UserStates())::adjust)
                .write(Addresses.EARNINGS_FUNDING, new RecordFunding(ledger)::record)
                .write(Addresses.EARNINGS_REVERSE, new ReverseTransfer()::reverse)
                .read(Addresses.EARNINGS_TRANSACTIONS, new ListTransactions(node.pool())::list)
                .read(Addresses.EARNINGS_METRICS, new PlatformMetrics(node.pool())::read)
                .read(Addresses.EARNINGS_LEDGER_VERIFY, new AskVerification(node.vertx(), node.pool(), verify)::ask);
        JournalSealer.start(node);
        NightlyVerification.start(node, verify);
        PlatformGauges.start(node);
    }
}
