package io.cloneplatform.cli.user;

import static io.cloneplatform.cli.output.Values.money;
import static io.cloneplatform.cli.output.Values.text;
import static io.cloneplatform.cli.output.Values.time;

import com.fasterxml.jackson.databind.JsonNode;

/** What stands between a member and a withdrawal, in words. */
public final class Standing {
    private Standing() {}

    /** Whether new withdrawals are paused, and why. */
    public static String freeze(JsonNode user) {
        if (!user.path("accountFrozen").asBoolean()) {
            return "open";
        }
        String uncovered = user.path("freezeAmount").decimalValue().signum() == 0
                ? ""
                : " (" + money(user.path("freezeAmount")) + " uncovered)";
        return "paused" + uncovered + ": " + text(user.path("freezeReason"));
    }

    /** The open assignment, or that there is none. */
    public static String premium(JsonNode assignment) {
        return assignment.isObject()
                ? text(assignment.path("status")) + ", " + money(assignment.path("amount")) + " at position "
                        + text(assignment.path("position")) + ", until " + time(assignment.path("expiresAt"))
                : "none";
    }
}
