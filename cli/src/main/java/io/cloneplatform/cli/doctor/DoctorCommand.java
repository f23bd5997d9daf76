package io.cloneplatform.cli.doctor;

import io.cloneplatform.cli.output.Progress;
import io.cloneplatform.cli.output.Report;
import io.cloneplatform.cli.output.Report.State;
import io.cloneplatform.cli.remote.AdminApi;
import io.cloneplatform.cli.remote.Connection;
import io.cloneplatform.cli.remote.Exit;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code clonectl doctor}: the quick checks of an incident. Exit code 1 when one finds something. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the quick checks of an incident and says the next step: api (nothing answers), tokens (credentials are",
            "refused), premium (assigning fails), withdrawals (money is stuck), or all of them. It works when the platform",
            "is down, too."
        })
public final class DoctorCommand implements Callable<Integer> {
    /** An incident of the runbook. */
    enum Incident {
        api,
        tokens,
        premium,
        withdrawals
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Parameters(arity = "0..1", paramLabel = "INCIDENT", description = "One of ${COMPLETION-CANDIDATES}. Default: all.")
    private Incident incident;

    @Option(
            names = "--management",
            split = ",",
            paramLabel = "URL",
            description = "The management ports of processes, separated by commas, as in http://127.0.0.1:9000.")
    private List<URI> management = new ArrayList<>();

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file with a token that is refused.")
    private Path tokenFile;

    @Option(names = "--user", paramLabel = "MEMBER", description = "The member it is about: id, e-mail or username.")
    private String member;

    @Override
    public Integer call() {
        Report report = new Report();
        ApiCheckup api = new ApiCheckup(connection.url(), management, System.getenv());
        boolean answers = Progress.during(
                "Looking from the outside in", spec.commandLine().getErr(), () -> api.run(report, wants(Incident.api)));
        if (answers && incident != Incident.api) {
            withPlatform(report);
        }
        report.show(connection.output());
        return report.count(State.BAD) == 0 ? Exit.DONE : answers ? Exit.FAILED : Exit.UNREACHABLE;
    }

    private boolean wants(Incident one) {
        return incident == null || incident == one;
    }

    private void withPlatform(Report report) {
        AdminApi api = connection.api();
        if (wants(Incident.tokens)) {
            new TokenCheckup(api, connection.url(), tokenFile).run(report);
        }
        if (wants(Incident.premium)) {
            new PremiumCheckup(api, member).run(report);
        }
        if (wants(Incident.withdrawals)) {
            new WithdrawalCheckup(api, member).run(report);
        }
    }
}
