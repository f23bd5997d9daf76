package io.cloneplatform.cli.user;

import static io.cloneplatform.cli.output.Values.money;
import static io.cloneplatform.cli.output.Values.text;
import static io.cloneplatform.cli.output.Values.time;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.output.Output;
import io.cloneplatform.cli.output.Table;
import io.cloneplatform.cli.remote.Connection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clonectl user show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows a member: the account, what freezes it, the open premium assignment, the newest entries.")
public final class ShowCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "MEMBER", description = "Id, e-mail address or username.")
    private String member;

    @Option(
            names = "--entries",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many of the newest ledger entries, 1 to 500. Default: ${DEFAULT-VALUE}.")
    private int entries;

    @Override
    public Integer call() {
        if (entries < 1 || entries > 500) {
            throw connection.usage("--entries: expected 1 to 500");
        }
        JsonNode answer = new Members(connection.api()).get(member, entries);
        Output output = connection.output();
        output.show(answer, () -> {
            account(output, answer.path("user"));
            output.line("");
            output.table(entries(answer.path("entries")), "No ledger entries.");
        });
        return 0;
    }

    private static void account(Output output, JsonNode user) {
        output.heading(user.path("name").asText() + " (" + user.path("username").asText() + ")");
        output.line("Id            " + text(user.path("id")));
        output.line("E-mail        " + output.email(user.path("email")));
        output.line("Tier          " + text(user.path("vipTier")));
        output.line("Available     " + money(user.path("balance")));
        output.line("Held          " + money(user.path("heldBalance")));
        output.line("Earned        " + money(user.path("totalEarned")) + " in all");
        output.line("Withdrawals   " + Standing.freeze(user));
        output.line("Premium       " + Standing.premium(user.path("premiumAssignment")));
        output.line("Submissions   " + text(user.path("productsSubmitted")));
        output.line("Invited       " + text(user.path("childCount")) + " members, by the code "
                + text(user.path("invitationCode")));
        output.line("Invited by    " + text(user.path("parentUserId")));
        output.line("Joined        " + time(user.path("createdAt")));
    }

    private static Table entries(JsonNode entries) {
        Table table = new Table("Time", "Kind", "Part", "Amount>", "Held>", "Available>", "Reference");
        for (JsonNode entry : entries) {
            table.row(
                    time(entry.path("createdAt")),
                    text(entry.path("kind")),
                    text(entry.path("role")),
                    money(entry.path("amount")),
                    money(entry.path("held")),
                    money(entry.path("balanceAfter")),
                    text(entry.path("reference")));
        }
        return table;
    }
}
