package io.cloneplatform.cli.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.remote.Deployment;
import io.cloneplatform.cli.remote.Unanswered;
import io.cloneplatform.common.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code clonectl ledger verify}: proves the books of a deployment. Exit code 0 when they balance, 1 otherwise. */
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
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofHours(2);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    @Spec
    private CommandSpec spec;

    @Mixin
    private Deployment deployment;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            HttpResponse<String> response = ask(err);
            JsonNode answer = Json.read(response.body());
            if (response.statusCode() != 200) {
                err.println("The books were not verified: "
                        + answer.path("error").asText("status " + response.statusCode()));
                return 1;
            }
            return report(answer, out);
        } catch (IOException | UncheckedIOException e) {
            err.println("The books were not verified: no usable answer from " + deployment.url() + " ("
                    + Unanswered.reason(e) + ")");
            return 1;
        }
    }

    // Large books take longer than one request may.
    private HttpResponse<String> ask(PrintWriter err) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        Instant end = Instant.now().plus(PATIENCE);
        HttpResponse<String> response = http.send(request(), HttpResponse.BodyHandlers.ofString());
        while (goesOn(response) && Instant.now().isBefore(end)) {
            err.println("The books are still being verified.");
            Thread.sleep(PAUSE.toMillis());
            response = http.send(request(), HttpResponse.BodyHandlers.ofString());
        }
        return response;
    }

    private static boolean goesOn(HttpResponse<String> response) {
        return response.statusCode() == 503
                && Json.read(response.body()).path("code").asText().equals("LEDGER_BEING_VERIFIED");
    }

    private HttpRequest request() {
        String base = deployment.url().toString().replaceAll("/+$", "");
        return HttpRequest.newBuilder(URI.create(base + "/admin/ledger/verify"))
                .header("Authorization", "Bearer " + deployment.key())
                .timeout(LIMIT)
                .build();
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
