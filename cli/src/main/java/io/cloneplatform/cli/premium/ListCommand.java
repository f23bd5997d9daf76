package io.cloneplatform.cli.premium;

import static io.cloneplatform.cli.output.Values.money;
import static io.cloneplatform.cli.output.Values.text;
import static io.cloneplatform.cli.output.Values.time;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.output.Output;
import io.cloneplatform.cli.output.Table;
import io.cloneplatform.cli.remote.Connection;
import io.cloneplatform.cli.remote.Paging;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code clonectl premium list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists open premium assignments, offered and accepted, the newest first.")
public final class ListCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Mixin
    private Paging paging;

    @Override
    public Integer call() {
        JsonNode answer = connection.api().get("/admin/premium/list?" + paging.query());
        Output output = connection.output();
        output.show(answer, () -> {
            Table table = new Table(
                    "Assigned", "State", "Amount>", "Position>", "Available>", "Withdrawals", "Member", "Id", "Until");
            answer.path("assignments").forEach(one -> row(table, one));
            output.table(table, "No premium assignment is open.");
            output.line(answer.path("total").asText() + " open in all.");
            paging.more(output, answer);
        });
        return 0;
    }

    private static void row(Table table, JsonNode one) {
        JsonNode assignment = one.path("assignment");
        table.row(
                time(assignment.path("assignedAt")),
                text(assignment.path("status")),
                money(assignment.path("amount")),
                text(assignment.path("position")),
                money(one.path("currentBalance")),
                one.path("accountFrozen").asBoolean() ? "paused" : "open",
                text(one.path("userName")),
                text(one.path("userId")),
                time(assignment.path("expiresAt")));
    }
}
