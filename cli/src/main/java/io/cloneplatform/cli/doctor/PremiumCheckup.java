package io.cloneplatform.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.output.Report;
import io.cloneplatform.cli.output.Report.Finding;
import io.cloneplatform.cli.remote.AdminApi;
import io.cloneplatform.cli.remote.Failure;
import io.cloneplatform.cli.user.Members;
import io.cloneplatform.cli.user.Standing;

/** Why assigning a premium product fails: the service, the member, or an assignment that is open already. */
final class PremiumCheckup {
    private final AdminApi api;
    private final String member;

    PremiumCheckup(AdminApi api, String member) {
        this.api = api;
        this.member = member;
    }

    void run(Report report) {
        try {
            String open = api.get("/admin/premium/list?limit=1").path("total").asText();
            report.add(Finding.good("Premium service", open + " assignments are open"));
        } catch (Failure e) {
            report.add(Finding.bad("Premium service", e.getMessage(), "clonectl doctor api"));
            return;
        }
        report.add(
                member == null
                        ? Finding.unknown(
                                "Member", "none was named", "Give --user MEMBER to look at the one it fails for")
                        : member());
    }

    private Finding member() {
        try {
            JsonNode user = new Members(api).get(member, 1).path("user");
            JsonNode assignment = user.path("premiumAssignment");
            String id = user.path("id").asText();
            return assignment.isObject()
                    ? Finding.good(
                            "Member", id + " has one: " + Standing.premium(assignment) + "; a new one replaces it")
                    : Finding.good(
                            "Member",
                            id + " has none; try clonectl premium assign " + id + " --amount A --position N --dry-run");
        } catch (Failure e) {
            return Finding.bad(
                    "Member", e.getMessage(), "404 NOT_FOUND means that the id is wrong: clonectl user show");
        }
    }
}
