package io.cloneplatform.cli.preflight;

import io.cloneplatform.cli.Clonectl;
import io.cloneplatform.cli.ledger.Verification;
import io.cloneplatform.cli.output.Progress;
import io.cloneplatform.cli.output.Report;
import io.cloneplatform.cli.output.Report.Finding;
import io.cloneplatform.cli.output.Report.State;
import io.cloneplatform.cli.remote.Connection;
import io.cloneplatform.cli.remote.Exit;
import io.cloneplatform.cli.smoke.Smoke;
import io.cloneplatform.cli.testdata.Backups;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code clonectl preflight}: the checklist before a deployment, each line looked at. Exit code 1 when one
 * fails.
 */
@Command(
        name = "preflight",
        mixinStandardHelpOptions = true,
        description = {
            "Goes through the checklist before a deployment and says what to do about each line that fails:",
            "services, clocks, cluster, error rate, books, withdrawals, schema, disk, backups, and the smoke suite."
        })
public final class PreflightCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Option(
            names = "--management",
            split = ",",
            paramLabel = "URL",
            description = "The management ports of processes, separated by commas, as in http://127.0.0.1:9000.")
    private List<URI> management = new ArrayList<>();

    @Option(names = "--smoke", description = "Runs the smoke suite too: 27 checks that remove what they make.")
    private boolean smoke;

    @Option(names = "--strict", description = "Fails also where something could not be checked.")
    private boolean strict;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Report report = new Report();
        Progress.during("Looking at the processes", err, () -> {
            new PlatformChecks(connection.url(), management).run(report);
            return report;
        });
        certificate(report);
        new BookChecks(connection.api(), new Verification(connection.url(), connection.key(), err)).run(report);
        new HostChecks(System.getenv()).run(report);
        Progress.during("Verifying the newest backup", err, () -> {
            new BackupChecks(new Backups(Clonectl::commandLine)).run(report);
            return report;
        });
        if (smoke) {
            report.add(smoke(err));
        }
        report.show(connection.output());
        boolean failed = report.count(State.BAD) > 0 || (strict && report.count(State.UNKNOWN) > 0);
        return failed ? Exit.FAILED : Exit.DONE;
    }

    private void certificate(Report report) {
        if ("https".equals(connection.url().getScheme())) {
            report.add(Certificate.check(connection.url()));
        }
    }

    private Finding smoke(PrintWriter err) {
        Smoke.Result result = Progress.during(
                "Running the smoke suite", err, () -> Smoke.run(connection.url(), connection.key(), err));
        return result.passed()
                ? Finding.good("Smoke suite", result.summary())
                : Finding.bad("Smoke suite", result.summary(), "clonectl smoke names the checks that failed");
    }
}
