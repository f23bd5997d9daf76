package io.cloneplatform.cli.admin;

import static io.cloneplatform.cli.output.Values.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.cli.output.Output;
import io.cloneplatform.cli.remote.AdminApi;
import io.cloneplatform.cli.remote.Change;
import io.cloneplatform.cli.remote.Connection;
import io.cloneplatform.cli.remote.Plan;
import io.cloneplatform.common.json.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clonectl admin create}. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = {
            "Makes an admin account with the permissions it is given. The password is asked for on a terminal, without",
            "showing it; elsewhere it comes from a file or from standard input, or is made up and printed once."
        })
public final class CreateCommand implements Callable<Integer> {
    private static final int MAX_PAGES = 20;

    @Mixin
    private Connection connection;

    @Mixin
    private Change change;

    @Mixin
    private NewPassword password;

    @Option(names = "--username", required = true, paramLabel = "NAME", description = "What the admin signs in with.")
    private String username;

    @Option(names = "--email", paramLabel = "ADDRESS", description = "An e-mail address to sign in with, too.")
    private String email;

    @Option(names = "--name", paramLabel = "NAME", description = "The name of the person.")
    private String name;

    @Option(
            names = "--permissions",
            required = true,
            split = ",",
            paramLabel = "PERMISSION",
            description = {
                "What the account may do, separated by commas: users.view, users.freeze, users.tier, users.balance,",
                "users.delete, premium.view, premium.manage, withdrawals.view, withdrawals.manage, submissions.manage,",
                "support.manage, metrics.view, accounts.manage, audit.view, ledger.view, ledger.fund."
            })
    private List<String> permissions;

    @Override
    public Integer call() {
        AdminApi api = connection.api();
        Output output = connection.output();
        if (change.isDryRun()) {
            plan(api).show(output);
            return 0;
        }
        NewPassword.Chosen chosen = password.choose();
        JsonNode answer =
                api.change("POST", "/admin/accounts", body().put("password", chosen.password()), change.key());
        if (chosen.isGenerated()) {
            ((ObjectNode) answer).put("generatedPassword", chosen.password());
        }
        output.show(answer, () -> {
            output.line("Admin account " + text(answer.at("/account/username")) + " made ("
                    + text(answer.at("/account/id")) + "): " + String.join(", ", permissions) + ".");
            if (chosen.isGenerated()) {
                output.line("Its password, shown this once: " + chosen.password());
            }
        });
        return 0;
    }

    private ObjectNode body() {
        ObjectNode body = Json.object().put("username", username);
        if (email != null) {
            body.put("email", email);
        }
        if (name != null) {
            body.put("name", name);
        }
        permissions.forEach(body.withArray("permissions")::add);
        return body;
    }

    private Plan plan(AdminApi api) {
        Plan plan = Plan.of("POST /admin/accounts", username);
        return exists(api)
                ? plan.note("An admin account of this username or e-mail address exists: this would be refused.")
                : plan.field("admin account", "none", username + ": " + String.join(", ", permissions));
    }

    private boolean exists(AdminApi api) {
        String cursor = "";
        for (int page = 0; page < MAX_PAGES && cursor != null; page++) {
            JsonNode answer = api.get("/admin/accounts?limit=500" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            for (JsonNode account : answer.path("accounts")) {
                if (username.equalsIgnoreCase(account.path("username").asText())
                        || (email != null
                                && email.equalsIgnoreCase(account.path("email").asText()))) {
                    return true;
                }
            }
            cursor = answer.path("nextCursor").textValue();
        }
        return false;
    }
}
