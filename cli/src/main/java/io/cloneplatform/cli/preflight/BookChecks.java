package io.cloneplatform.cli.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.ledger.Verification;
import io.cloneplatform.cli.output.Report;
import io.cloneplatform.cli.output.Report.Finding;
import io.cloneplatform.cli.output.Values;
import io.cloneplatform.cli.remote.AdminApi;
import io.cloneplatform.cli.remote.Failure;

/** Whether the books are whole and nobody waits too long for money. */
final class BookChecks {
    private final AdminApi api;
    private final Verification verification;

    BookChecks(AdminApi api, Verification verification) {
        this.api = api;
        this.verification = verification;
    }

    void run(Report report) {
        report.add(attempt("Books", this::books));
        report.add(attempt("Withdrawals", this::withdrawals));
    }

    private static Finding attempt(String subject, java.util.function.Supplier<Finding> check) {
        try {
            return check.get();
        } catch (Failure e) {
            return Finding.bad(subject, e.getMessage(), "clonectl doctor api");
        }
    }

    private Finding books() {
        JsonNode answer = verification.run();
        int problems = answer.path("problems").size();
        return answer.path("balanced").asBoolean()
                ? Finding.good("Books", answer.path("checkedTransfers").asText() + " transfers verified")
                : Finding.bad("Books", problems + " rows differ from the journal", "clonectl ledger verify names them");
    }

    private Finding withdrawals() {
        JsonNode old = api.get("/admin/withdrawals?status=pending&olderThanHours=24&limit=1");
        int number = old.path("total").asInt();
        return number == 0
                ? Finding.good("Withdrawals", "none waits for more than 24 h")
                : Finding.bad(
                        "Withdrawals",
                        number + " of " + Values.money(old.path("totalAmount")) + " wait for more than 24 h",
                        "clonectl withdrawals pending --older-than 24h");
    }
}
