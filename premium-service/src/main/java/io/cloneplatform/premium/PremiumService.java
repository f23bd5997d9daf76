package io.cloneplatform.premium;

import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Operations;
import io.cloneplatform.common.launch.Node;
import io.cloneplatform.common.launch.OperationsVerticle;
import io.cloneplatform.common.launch.ServiceModule;
import io.cloneplatform.common.metrics.Counts;
import io.cloneplatform.premium.answer.AcceptPremium;
import io.cloneplatform.premium.answer.DeclinePremium;
import io.cloneplatform.premium.answer.Offers;
import io.cloneplatform.premium.answer.OwnPremium;
import io.cloneplatform.premium.assignment.AssignmentStore;
import io.cloneplatform.premium.assignment.Boost;
import io.cloneplatform.premium.ending.Ending;
import io.cloneplatform.premium.expiry.ExpirySweeper;
import io.cloneplatform.premium.hold.ComplianceHold;
import io.cloneplatform.premium.member.MemberStore;
import io.cloneplatform.premium.offer.AssignPremium;
import io.cloneplatform.premium.offer.RevokePremium;
import io.cloneplatform.premium.overview.OpenAssignments;
import io.cloneplatform.premium.overview.OverviewStore;
import io.cloneplatform.premium.overview.PremiumAnalytics;
import io.cloneplatform.premium.refresh.ReadModelStore;
import io.cloneplatform.premium.refresh.RefreshReadModel;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;

/** Premium assignments, and everything that pauses a member's withdrawals. */
public final class PremiumService implements ServiceModule {
    private static final long SWEEP_MS = TimeUnit.SECONDS.toMillis(60);

    private final long sweepMs;

    public PremiumService() {
        this(SWEEP_MS);
    }

    PremiumService(long sweepMs) {
        this.sweepMs = sweepMs;
    }

    @Override
    public String name() {
        return "premium";
    }

    @Override
    public Future<Void> deploy(Node node) {
        AssignmentStore assignments = new AssignmentStore();
        MemberStore members = new MemberStore();
        Ending ending = new Ending(assignments, members);
        Operations operations = new Operations(node.writes());
        PremiumCounts counts = new PremiumCounts(new Counts(node.metrics()));
        addMembersSide(operations, node, assignments, members, ending, counts);
        addAdminsSide(operations, node, assignments, members, ending);
        counts.watch(operations);
        new ExpirySweeper(node.pool(), ending, counts::expired).start(node, sweepMs);
        return OperationsVerticle.deploy(node, name(), operations);
    }

    private static void addMembersSide(
            Operations operations,
            Node node,
            AssignmentStore assignments,
            MemberStore members,
            Ending ending,
            PremiumCounts counts) {
        Offers offers = new Offers(
                new Boost(node.config().rules().boostPercent()),
                new Prices(node.config().rules().currency()));
        operations
                .read(Addresses.PREMIUM_GET, new OwnPremium(node.pool(), members, ending, offers, counts::expired)::get)
                .write(Addresses.PREMIUM_ACCEPT, new AcceptPremium(assignments, members, offers)::accept)
                .write(Addresses.PREMIUM_DECLINE, new DeclinePremium(ending)::decline);
    }

    private static void addAdminsSide(
            Operations operations, Node node, AssignmentStore assignments, MemberStore members, Ending ending) {
        AssignPremium assign = new AssignPremium(
                assignments,
                members,
                new Boost(node.config().rules().boostPercent()),
                node.config().rules().premiumExpiryDays());
        OverviewStore overview = new OverviewStore(node.pool());
        RefreshReadModel refresh = new RefreshReadModel(node.pool(), new ReadModelStore());
        ComplianceHold hold = new ComplianceHold(members);
        operations
                .write(Addresses.PREMIUM_ASSIGN, assign::assign)
                .write(Addresses.PREMIUM_REVOKE, new RevokePremium(ending, members)::revoke)
                .write(Addresses.PREMIUM_REFRESH_CACHE, refresh::refresh, refresh::answer)
                .write(Addresses.PREMIUM_FREEZE, hold::freeze)
                .write(Addresses.PREMIUM_UNFREEZE, hold::unfreeze)
                .read(Addresses.PREMIUM_LIST, new OpenAssignments(overview)::list)
                .read(Addresses.PREMIUM_ANALYTICS, new PremiumAnalytics(overview)::analytics);
    }
}
