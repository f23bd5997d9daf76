package io.cloneplatform.cli.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.output.Output;
import io.cloneplatform.cli.remote.Deployment;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code clonectl ledger verify}: proves the books of a deployment. Exit code 0 when they balance. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Computes everything again from the journal and compares; names each row that differs.",
        footer = {
            "",
            "Checks the chain of hashes over the journal, that every transfer adds up to zero, and that accounts,",
            "months, members' documents, holds, submissions, referrals, tiers and bonuses equal the journal."
        })
public final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Deployment deployment;

    @Option(names = "--json", description = "Prints one JSON document; failures are JSON on standard error.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode answer = new Verification(
                        deployment.url(), deployment.key(), spec.commandLine().getErr())
                .run();
        if (json) {
            out.println(Output.pretty(answer));
            return answer.path("balanced").asBoolean() ? 0 : 1;
        }
        return report(answer, out);
    }

    private static int report(JsonNode answer, PrintWriter out) {
        for (JsonNode problem : answer.path("problems")) {
            out.printf(
                    "not ok  %s: %s: expected %s, found %s%n",
                    problem.path("check").asText(),
                    problem.path("subject").asText(),
                    problem.path("expected"),
                    problem.path("actual"));
        }
        JsonNode totals = answer.path("totals");
        out.printf(
                "%s transfers and %s accounts checked; owed to members %s, held %s, funds %s%n",
                answer.path("checkedTransfers").asText(),
                answer.path("checkedAccounts").asText(),
                totals.path("memberLiabilities").asText(),
                totals.path("held").asText(),
                totals.path("platformFunds").asText());
        boolean balanced = answer.path("balanced").asBoolean();
        int found = answer.path("problems").size();
        out.println(
                balanced
                        ? "The books balance."
                        : "The books do not balance: " + found + (found == 1 ? " problem." : " problems."));
        return balanced ? 0 : 1;
    }
}
