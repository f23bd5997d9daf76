package io.cloneplatform.cli.premium;

import static io.cloneplatform.cli.output.Values.money;
import static io.cloneplatform.cli.output.Values.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.output.Output;
import io.cloneplatform.cli.remote.AdminApi;
import io.cloneplatform.cli.remote.Change;
import io.cloneplatform.cli.remote.Connection;
import io.cloneplatform.cli.remote.Plan;
import io.cloneplatform.cli.user.Members;
import io.cloneplatform.cli.user.Standing;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clonectl premium assign}. */
@Command(
        name = "assign",
        mixinStandardHelpOptions = true,
        description = {
            "Offers a premium assignment to a member; an open one is replaced. Nothing freezes before the member accepts,",
            "and declining ends it at once."
        })
public final class AssignCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Mixin
    private Change change;

    @Parameters(paramLabel = "MEMBER", description = "Id, e-mail address or username.")
    private String member;

    @Option(names = "--amount", required = true, paramLabel = "AMOUNT", description = "Its value, as in 5000 or 99.50.")
    private BigDecimal amount;

    @Option(names = "--position", required = true, paramLabel = "N", description = "The position on the board, from 1.")
    private int position;

    @Override
    public Integer call() {
        if (amount.signum() <= 0
                || Math.abs((long) amount.scale()) > 10
                || amount.stripTrailingZeros().scale() > 2) {
            throw connection.usage("--amount: expected an amount above zero with at most two decimals");
        }
        if (position < 1) {
            throw connection.usage("--position: expected 1 or more");
        }
        AdminApi api = connection.api();
        Output output = connection.output();
        if (change.isDryRun()) {
            plan(new Members(api).get(member, 1).path("user")).show(output);
            return 0;
        }
        Map<String, Object> body =
                Map.of("userId", new Members(api).id(member), "amount", amount, "position", position);
        JsonNode answer = api.change("POST", "/admin/premium", body, change.key());
        output.show(answer, () -> lines(output, answer));
        return 0;
    }

    private Plan plan(JsonNode user) {
        BigDecimal available = user.path("balance").decimalValue();
        Plan plan = Plan.of("POST /admin/premium", user.path("id").asText())
                .field(
                        "premium",
                        Standing.premium(user.path("premiumAssignment")),
                        "offered, " + money(amount) + " at position " + position)
                .same("withdrawals", Standing.freeze(user))
                .same("available", money(available));
        return amount.compareTo(available) > 0
                ? plan.note("Accepting it now would pause new withdrawals: " + money(amount.subtract(available))
                        + " would be uncovered.")
                : plan;
    }

    private static void lines(Output output, JsonNode answer) {
        JsonNode user = answer.path("user");
        output.line(text(user.path("username")) + ": " + Standing.premium(user.path("premiumAssignment")) + ".");
        output.line("Completing it pays " + money(answer.at("/result/boostedCommission")) + " on top.");
        if (answer.at("/result/willFreezeOnAccept").asBoolean()) {
            output.line("Accepting it now would pause new withdrawals: only " + money(user.path("balance"))
                    + " is available.");
        }
    }
}
