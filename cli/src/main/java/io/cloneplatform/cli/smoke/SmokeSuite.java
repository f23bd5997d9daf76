package io.cloneplatform.cli.smoke;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The 27 checks against one deployment: a line for each, one line of totals, and nothing left behind. */
final class SmokeSuite {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final Api api;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Duration budget;
    private int passed;
    private int failed;

    SmokeSuite(Api api, PrintWriter out, PrintWriter err, Duration budget) {
        this.api = api;
        this.out = out;
        this.err = err;
        this.budget = budget;
    }

    /** Runs everything; true when every check passed. */
    boolean run() {
        Run run = new Run(api);
        List<Check> checks = new ArrayList<>(new CoreChecks(run).all());
        checks.addAll(new ServiceChecks(run).all());
        checks.addAll(new PremiumChecks(run).all());
        if (isReady()) {
            runAll(checks);
            new CleanUp(run, err).run();
        } else {
            failed = checks.size();
        }
        err.flush();
        out.println(passed + " passed, " + failed + " failed");
        out.flush();
        return failed == 0;
    }

    /** Nothing is begun that could not be removed again: the deployment must answer and take the admin key. */
    private boolean isReady() {
        try {
            int status = api.asAdmin("GET", "/admin/users?limit=1", null).status();
            if (status == UNAUTHORIZED || status == FORBIDDEN) {
                err.println("The admin key was refused with " + status
                        + ". No check was run, because what the checks make could not be removed afterwards.");
            }
            return status != UNAUTHORIZED && status != FORBIDDEN;
        } catch (Api.Unreachable e) {
            err.println(e.getMessage());
            return false;
        } catch (CheckFailed e) {
            return true;
        }
    }

    private void runAll(List<Check> checks) {
        long end = System.nanoTime() + budget.toNanos();
        for (int i = 0; i < checks.size(); i++) {
            boolean inTime = System.nanoTime() < end;
            String problem =
                    inTime ? problem(checks.get(i)) : "not run: the suite took over " + budget.toSeconds() + " s";
            report(i + 1, checks.get(i), problem);
        }
    }

    private static String problem(Check check) {
        try {
            check.body().run();
            return null;
        } catch (CheckFailed | Api.Unreachable e) {
            return e.getMessage();
        } catch (RuntimeException e) {
            return "the check itself failed: " + e;
        }
    }

    private void report(int number, Check check, String problem) {
        String line = String.format(Locale.ROOT, "%s %2d %s", problem == null ? "ok" : "FAIL", number, check.title());
        if (problem == null) {
            passed++;
        } else {
            failed++;
        }
        out.println(problem == null ? line : line + ": " + problem);
        out.flush();
    }
}
