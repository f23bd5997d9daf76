package io.cloneplatform.cli.user;

import static io.cloneplatform.cli.output.Values.money;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.cli.output.Output;
import io.cloneplatform.cli.output.Values;
import io.cloneplatform.cli.remote.Connection;
import io.cloneplatform.common.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code clonectl user balance}. */
@Command(
        name = "balance",
        mixinStandardHelpOptions = true,
        description = "Shows what a member has: available, held for pending withdrawals, and both together.")
public final class BalanceCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "MEMBER", description = "Id, e-mail address or username.")
    private String member;

    @Override
    public Integer call() {
        JsonNode user = new Members(connection.api()).get(member, 1).path("user");
        var available = user.path("balance").decimalValue();
        var held = user.path("heldBalance").decimalValue();
        ObjectNode document = Json.object()
                .put("userId", user.path("id").asText())
                .put("available", available)
                .put("held", held)
                .put("total", available.add(held))
                .put("currency", Values.currency());
        Output output = connection.output();
        output.show(document, () -> {
            output.line("Available  " + money(available));
            output.line("Held       " + money(held));
            output.line("Together   " + money(available.add(held)));
        });
        return 0;
    }
}
