package io.cloneplatform.cli.withdrawals;

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
import picocli.CommandLine.Option;

/** {@code clonectl withdrawals pending}. */
@Command(
        name = "pending",
        mixinStandardHelpOptions = true,
        description = "Lists withdrawals that wait for a decision, the oldest first.")
public final class PendingCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Mixin
    private Paging paging;

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            converter = Age.Reader.class,
            description = "Only those requested at least so long ago, as in 24h or 2d.")
    private Age olderThan;

    @Override
    public Integer call() {
        String age = olderThan == null ? "" : "&olderThanHours=" + olderThan.hours();
        JsonNode answer = connection.api().get("/admin/withdrawals?status=pending&" + paging.query() + age);
        Output output = connection.output();
        output.show(answer, () -> {
            Table table = new Table("Requested", "Amount>", "Member", "E-mail", "Withdrawal");
            for (JsonNode one : answer.path("withdrawals")) {
                table.row(
                        time(one.path("requestedAt")),
                        money(one.path("amount")),
                        text(one.path("userName")),
                        output.email(one.path("userEmail")),
                        text(one.path("id")));
            }
            output.table(table, "No withdrawal waits.");
            output.line(answer.path("total").asText() + " of " + money(answer.path("totalAmount")) + " together; "
                    + answer.path("totalPending").asText() + " pending in all.");
            paging.more(output, answer);
        });
        return 0;
    }
}
