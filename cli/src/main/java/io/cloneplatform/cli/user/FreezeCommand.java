package io.cloneplatform.cli.user;

import static io.cloneplatform.cli.output.Values.money;

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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clonectl user freeze}. */
@Command(
        name = "freeze",
        mixinStandardHelpOptions = true,
        description = "Pauses new withdrawals of a member, with a reason that the member sees. Nothing else changes.")
public final class FreezeCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Mixin
    private Change change;

    @Parameters(paramLabel = "MEMBER", description = "Id, e-mail address or username.")
    private String member;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "What the member is told.")
    private String reason;

    @Override
    public Integer call() {
        AdminApi api = connection.api();
        Output output = connection.output();
        if (change.isDryRun()) {
            plan(new Members(api).get(member, 1).path("user")).show(output);
            return 0;
        }
        Map<String, String> body = Map.of("userId", new Members(api).id(member), "reason", reason);
        JsonNode answer = api.change("POST", "/admin/freeze", body, change.key());
        output.show(
                answer,
                () -> output.line("New withdrawals of "
                        + answer.at("/user/username").asText() + " are " + Standing.freeze(answer.path("user"))));
        return 0;
    }

    private Plan plan(JsonNode user) {
        return Plan.of("POST /admin/freeze", user.path("id").asText())
                .field("withdrawals", Standing.freeze(user), "paused: " + reason)
                .same("available", money(user.path("balance")))
                .same("held for pending withdrawals", money(user.path("heldBalance")));
    }
}
