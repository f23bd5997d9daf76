package io.cloneplatform.cli.doctor;

import static io.cloneplatform.cli.output.Values.money;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.output.Report;
import io.cloneplatform.cli.output.Report.Finding;
import io.cloneplatform.cli.remote.AdminApi;
import io.cloneplatform.cli.remote.Failure;
import io.cloneplatform.cli.user.Members;
import io.cloneplatform.cli.user.Standing;
import java.math.BigDecimal;

/** Why money does not go out: nobody decides, the funds do not cover it, or the member is frozen. */
final class WithdrawalCheckup {
    private final AdminApi api;
    private final String member;

    WithdrawalCheckup(AdminApi api, String member) {
        this.api = api;
        this.member = member;
    }

    void run(Report report) {
        try {
            JsonNode old = api.get("/admin/withdrawals?status=pending&olderThanHours=24&limit=1");
            report.add(waiting(old));
            report.add(funds(api.get("/admin/metrics").path("metrics")));
            if (member != null) {
                report.add(member());
            }
        } catch (Failure e) {
            report.add(Finding.bad("Withdrawals", e.getMessage(), "clonectl doctor api"));
        }
    }

    private static Finding waiting(JsonNode old) {
        int number = old.path("total").asInt();
        return number == 0
                ? Finding.good("Withdrawals", old.path("totalPending").asText() + " wait, none for more than 24 h")
                : Finding.bad(
                        "Withdrawals",
                        number + " of " + money(old.path("totalAmount")) + " wait for more than 24 h",
                        "clonectl withdrawals pending --older-than 24h, then approve or deny each");
    }

    private static Finding funds(JsonNode metrics) {
        BigDecimal pending = metrics.path("pendingWithdrawals").decimalValue();
        BigDecimal funds = metrics.path("platformFunds").decimalValue();
        return pending.compareTo(funds) <= 0
                ? Finding.good("Funds", money(funds) + " cover the " + money(pending) + " that are pending")
                : Finding.unknown(
                        "Funds",
                        money(funds) + " do not cover the " + money(pending)
                                + " that are pending; nobody here knows whether they must",
                        "With PAYOUTS_REQUIRE_FUNDING on, approving is refused until POST /admin/funding records more");
    }

    private Finding member() {
        JsonNode user = new Members(api).get(member, 1).path("user");
        String has = money(user.path("balance")) + " available, " + money(user.path("heldBalance")) + " held";
        return user.path("accountFrozen").asBoolean()
                ? Finding.bad(
                        "Member",
                        "withdrawals " + Standing.freeze(user) + "; " + has,
                        "Pending ones can be decided as before; clonectl user unfreeze ends a hold")
                : Finding.good("Member", "may withdraw; " + has);
    }
}
