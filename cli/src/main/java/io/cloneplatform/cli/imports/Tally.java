package io.cloneplatform.cli.imports;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What an import found and would write, whether or not it was there before: the same in every run on one dump. */
final class Tally {
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private long carried;
    private long kept;
    private long available;
    private long held;
    private long earned;

    /** Counts one thing more, such as {@code tickets} or {@code withdrawals approved}. */
    void count(String thing) {
        add(thing, 1);
    }

    void add(String thing, long more) {
        counts.merge(thing, more, Long::sum);
    }

    /** Counts a record of the dump: carried over, or kept as it was. */
    void settle(boolean carriedOver) {
        carried += carriedOver ? 1 : 0;
        kept += carriedOver ? 0 : 1;
    }

    /** What is wrong when not every record read is accounted for, or when there is none. */
    Optional<String> problem(DumpLoader dump) {
        long lost = dump.lines() - carried - kept - dump.repeated();
        if (lost != 0) {
            return Optional.of(lost + " records were neither carried over nor kept");
        }
        return dump.lines() == 0
                ? Optional.of("there is no record in the file: one {\"key\", \"value\"} object per line is expected")
                : Optional.empty();
    }

    void addMember(MemberPlan plan) {
        count("members");
        available += plan.opening().posted() - plan.held();
        held += plan.held();
        earned += plan.opening().earned();
        plan.withdrawals().forEach(withdrawal -> count("withdrawals " + withdrawal.status()));
        plan.documents().forEach(document -> {
            String prefix = document.key().substring(0, document.key().indexOf(':'));
            count(NAMES.getOrDefault(prefix, prefix));
        });
    }

    private static final Map<String, String> NAMES = Map.of(
            "invitecode", "invitation codes",
            "referral", "referral links",
            "premium", "premium offers",
            "bonus", "claimed bonuses",
            "legacy", Tally.KEPT);

    /** The name under which kept records are counted. */
    static final String KEPT = "records or fields kept under legacy:";

    void print(DumpLoader dump, PrintWriter out) {
        out.println("of the records " + carried + " carried over, " + kept + " kept as they were under legacy:, "
                + dump.repeated() + " the same as a later one");
        counts.forEach((thing, count) -> out.println(count + " " + thing));
        money(out, "available to members", available);
        money(out, "held for withdrawals", held);
        money(out, "earned by members in all", earned);
    }

    private static void money(PrintWriter out, String what, long minor) {
        out.println(Texts.money(minor) + " " + what + " (" + minor + " minor units)");
    }
}
