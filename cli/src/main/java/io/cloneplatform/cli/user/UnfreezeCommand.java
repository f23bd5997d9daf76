package io.cloneplatform.cli.user;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.output.Output;
import io.cloneplatform.cli.remote.AdminApi;
import io.cloneplatform.cli.remote.Change;
import io.cloneplatform.cli.remote.Connection;
import io.cloneplatform.cli.remote.Plan;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code clonectl user unfreeze}. */
@Command(
        name = "unfreeze",
        mixinStandardHelpOptions = true,
        description = {
            "Ends the hold that an admin set. The freeze of an accepted premium assignment stays: its member ends it by",
            "declining, or premium revoke does."
        })
public final class UnfreezeCommand implements Callable<Integer> {
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
        JsonNode answer = api.change("POST", "/admin/unfreeze", body, change.key());
        output.show(
                answer,
                () -> output.line("New withdrawals of "
                        + answer.at("/user/username").asText() + " are " + Standing.freeze(answer.path("user"))));
        return 0;
    }

    // The reason of a hold comes before that of a premium assignment, whose uncovered part is shown in both
    // cases.
    private static Plan plan(JsonNode user) {
        Plan plan = Plan.of("POST /admin/unfreeze", user.path("id").asText());
        boolean frozen = user.path("accountFrozen").asBoolean();
        boolean uncovered = user.path("freezeAmount").decimalValue().signum() != 0;
        if (!frozen) {
            return plan.note("The account is not frozen: this would be refused.");
        }
        return uncovered
                ? plan.same("withdrawals", Standing.freeze(user))
                        .note(
                                "An accepted premium assignment exceeds the balance; an admin's hold would end, its freeze"
                                        + " stays.")
                : plan.field("withdrawals", Standing.freeze(user), "open");
    }
}
