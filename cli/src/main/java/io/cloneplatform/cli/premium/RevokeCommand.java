package io.cloneplatform.cli.premium;

import static io.cloneplatform.cli.output.Values.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.output.Output;
import io.cloneplatform.cli.remote.AdminApi;
import io.cloneplatform.cli.remote.Change;
import io.cloneplatform.cli.remote.Connection;
import io.cloneplatform.cli.remote.Plan;
import io.cloneplatform.cli.user.Members;
import io.cloneplatform.cli.user.Standing;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code clonectl premium revoke}. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description = "Ends the open premium assignment of a member, and its freeze.")
public final class RevokeCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Mixin
    private Change change;

    @Parameters(paramLabel = "MEMBER", description = "Id, e-mail address or username.")
    private String member;

    @Override
    public Integer call() {
        AdminApi api = connection.api();
        Output output = connection.output();
        if (change.isDryRun()) {
            plan(new Members(api).get(member, 1).path("user")).show(output);
            return 0;
        }
        Map<String, String> body = Map.of("userId", new Members(api).id(member));
        JsonNode answer = api.change("POST", "/admin/premium/revoke", body, change.key());
        output.show(
                answer,
                () -> output.line(text(answer.path("message")) + " Withdrawals of " + text(answer.at("/user/username"))
                        + ": " + Standing.freeze(answer.path("user"))));
        return 0;
    }

    private static Plan plan(JsonNode user) {
        Plan plan = Plan.of("POST /admin/premium/revoke", user.path("id").asText());
        JsonNode assignment = user.path("premiumAssignment");
        if (!assignment.isObject()) {
            return plan.note("No premium assignment is open: this would be refused.");
        }
        plan.field("premium", Standing.premium(assignment), "none");
        return user.path("freezeAmount").decimalValue().signum() == 0
                ? plan.same("withdrawals", Standing.freeze(user))
                : plan.field("withdrawals", Standing.freeze(user), "open, unless an admin holds the account too");
    }
}
