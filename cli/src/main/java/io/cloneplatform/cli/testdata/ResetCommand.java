package io.cloneplatform.cli.testdata;

import static io.cloneplatform.cli.output.Values.money;
import static io.cloneplatform.cli.output.Values.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.cli.Clonectl;
import io.cloneplatform.cli.output.Output;
import io.cloneplatform.cli.output.Progress;
import io.cloneplatform.cli.output.Table;
import io.cloneplatform.cli.output.Terminal;
import io.cloneplatform.cli.remote.AdminApi;
import io.cloneplatform.cli.remote.Change;
import io.cloneplatform.cli.remote.Connection;
import io.cloneplatform.cli.remote.Exit;
import io.cloneplatform.cli.remote.Failure;
import io.cloneplatform.common.json.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code clonectl testdata reset}. */
@Command(
        name = "reset",
        mixinStandardHelpOptions = true,
        description = {
            "Removes every member whose e-mail address is in a domain reserved for tests (RFC 2606): example.com,",
            "example.net, example.org, and all under .example, .test, .invalid and .localhost. Their pending withdrawals",
            "are denied, their offers revoked and their balances booked back first; the journal keeps its entries.",
            "A backup is made before anything is changed, and without one nothing is. It asks on a terminal."
        })
public final class ResetCommand implements Callable<Integer> {
    private static final String WORD = "RESET";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Backups backups;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Mixin
    private Change change;

    @Option(names = "--yes", description = "Does not ask.")
    private boolean yes;

    /** The command as operators call it. */
    public ResetCommand() {
        this(new Backups(Clonectl::commandLine));
    }

    ResetCommand(Backups backups) {
        this.backups = backups;
    }

    @Override
    public Integer call() {
        AdminApi api = connection.api();
        Output output = connection.output();
        TestMembers tests = new TestMembers(api);
        Map<String, JsonNode> members = tests.find();
        List<JsonNode> withdrawals = tests.withdrawals(members);
        if (change.isDryRun() || members.isEmpty()) {
            plan(output, members, withdrawals);
            return Exit.DONE;
        }
        confirm(members.size());
        String backup = backup();
        Removal removal = new Removal(api, change, withdrawals);
        Map<String, String> refused = new LinkedHashMap<>();
        try (Progress progress =
                Progress.of("Removing", members.size(), spec.commandLine().getErr())) {
            for (String member : members.keySet()) {
                removal.of(member).ifPresent(why -> refused.put(member, why));
                progress.step();
            }
        }
        result(output, members.size() - refused.size(), backup, refused);
        return refused.isEmpty() ? Exit.DONE : Exit.FAILED;
    }

    private void plan(Output output, Map<String, JsonNode> members, List<JsonNode> withdrawals) {
        ObjectNode document = Json.object().put("dryRun", change.isDryRun());
        members.values().forEach(document.withArray("members")::add);
        withdrawals.forEach(document.withArray("withdrawalsToDeny")::add);
        output.show(document, () -> {
            Table table = new Table("Member", "E-mail", "To book back>", "Name");
            members.forEach((id, user) -> table.row(
                    id, output.email(user.path("email")), money(user.path("balance")), text(user.path("name"))));
            output.table(table, "There is no test data.");
            output.line(members.size() + " members would be removed, " + withdrawals.size()
                    + " pending withdrawals denied first.");
            output.line("Nothing was changed.");
        });
    }

    private void confirm(int number) {
        if (yes) {
            return;
        }
        String typed = Terminal.get()
                .orElseThrow(() -> connection.usage("There is no terminal to ask on: give --yes, or --dry-run first."))
                .readLine("%d members will be removed. Type %s to go on: ", number, WORD);
        if (!WORD.equals(typed)) {
            throw Failure.of("NOT_CONFIRMED", "Nothing was changed.");
        }
    }

    private String backup() {
        String name = "Before-reset-" + STAMP.format(Instant.now());
        Backups.Answer answer = backups.create(name);
        if (answer.exit() != Exit.DONE) {
            throw Failure.of("NO_BACKUP", "Nothing was changed, because the backup failed: " + answer.reason());
        }
        return name;
    }

    private static void result(Output output, int removed, String backup, Map<String, String> refused) {
        ObjectNode document = Json.object().put("removed", removed).put("backup", backup);
        refused.forEach((member, why) -> document.withArray("refused")
                .add(Json.object().put("userId", member).put("error", why)));
        output.show(document, () -> {
            output.line(removed + " members removed. The backup before it: " + backup);
            refused.forEach((member, why) -> output.line("Not removed: " + member + ": " + why));
        });
    }
}
