package io.cloneplatform.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Findings of checks, each with the next step where one is needed. */
public final class Report {
    private final List<Finding> findings = new ArrayList<>();

    /** How a check ended. */
    public enum State {
        /** As it should be. */
        GOOD,
        /** Not as it should be. */
        BAD,
        /** Nobody could look. */
        UNKNOWN
    }

    /**
     * What one check found.
     *
     * @param subject what was checked
     * @param reason what was found
     * @param next the next step; null where none is needed
     */
    public record Finding(State state, String subject, String reason, String next) {
        /** As it should be. */
        public static Finding good(String subject, String reason) {
            return new Finding(State.GOOD, subject, reason, null);
        }

        /** Not as it should be. */
        public static Finding bad(String subject, String reason, String next) {
            return new Finding(State.BAD, subject, reason, next);
        }

        /** Not looked at. */
        public static Finding unknown(String subject, String reason, String next) {
            return new Finding(State.UNKNOWN, subject, reason, next);
        }
    }

    /** Takes a finding. */
    public void add(Finding finding) {
        findings.add(finding);
    }

    /** How many ended so. */
    public long count(State state) {
        return findings.stream().filter(finding -> finding.state() == state).count();
    }

    /** Shows everything, and one line that counts. */
    public void show(Output output) {
        ObjectNode document = Json.object()
                .put("ok", count(State.BAD) == 0)
                .put("passed", count(State.GOOD))
                .put("failed", count(State.BAD))
                .put("notChecked", count(State.UNKNOWN));
        for (Finding finding : findings) {
            document.withArray("findings")
                    .add(Json.object()
                            .put("check", finding.subject())
                            .put("state", finding.state().name().toLowerCase(Locale.ROOT))
                            .put("reason", finding.reason())
                            .put("nextStep", finding.next()));
        }
        output.show(document, () -> lines(output));
    }

    private void lines(Output output) {
        for (Finding finding : findings) {
            String line = finding.subject() + ": " + finding.reason();
            if (finding.state() == State.UNKNOWN) {
                output.unmarked(line);
            } else {
                output.marked(finding.state() == State.GOOD, line);
            }
            if (finding.next() != null) {
                output.line("  → " + finding.next());
            }
        }
        output.line(count(State.GOOD) + " passed, " + count(State.BAD) + " failed, " + count(State.UNKNOWN)
                + " not checked");
    }
}
