package io.cloneplatform.cli.premium;

import static io.cloneplatform.cli.output.Values.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.output.Output;
import io.cloneplatform.cli.output.Progress;
import io.cloneplatform.cli.remote.AdminApi;
import io.cloneplatform.cli.remote.Change;
import io.cloneplatform.cli.remote.Connection;
import io.cloneplatform.cli.remote.Plan;
import io.cloneplatform.common.json.Json;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code clonectl premium refresh-cache}. */
@Command(
        name = "refresh-cache",
        mixinStandardHelpOptions = true,
        description = {
            "Rebuilds what members' documents show of premium assignments, on every node, from the assignments themselves."
        })
public final class RefreshCacheCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(75);

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Mixin
    private Change change;

    @Override
    public Integer call() {
        AdminApi api = connection.api(LIMIT);
        Output output = connection.output();
        if (change.isDryRun()) {
            String open = api.get("/admin/premium/list?limit=1").path("total").asText();
            Plan.of("POST /admin/premium/refresh-cache", "every member")
                    .note(open + " open assignments would be read, and the documents that differ from them written.")
                    .show(output);
            return 0;
        }
        JsonNode answer = Progress.during(
                "Rebuilding",
                spec.commandLine().getErr(),
                () -> api.change("POST", "/admin/premium/refresh-cache", Json.object(), change.key()));
        output.show(
                answer,
                () -> output.line(text(answer.path("refreshed")) + " assignments read in " + text(answer.path("tookMs"))
                        + " ms."));
        return 0;
    }
}
