package io.cloneplatform.cli.up;

import io.cloneplatform.standalone.StandaloneMain;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code clonectl up}: the whole platform in this process, until it is told to stop. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Starts the whole platform in one process and serves until Ctrl-C.",
            "It brings its own PostgreSQL, unless DATABASE_URL names a server."
        },
        footer = {
            "",
            "Settings are environment variables, among them:",
            "  HTTP_PORT        the API (8080)",
            "  MANAGEMENT_PORT  health and metrics (9000)",
            "  DATA_DIR         where everything is kept (./data)",
            "  DATABASE_PORT    the embedded PostgreSQL (5433)",
            "  DATABASE_URL     another PostgreSQL to use; run clonectl migrate on it first",
            "  ADMIN_KEY        the admin key; without it one is made and printed once"
        })
public final class UpCommand implements Callable<Integer> {
    @Option(
            names = "--demo",
            description = "Makes members on four levels and their doings, so that every list shows something.")
    private boolean demo;

    @Option(names = "--port", paramLabel = "PORT", description = "The API's port; the same as HTTP_PORT.")
    private Integer port;

    @Option(names = "--stop-when-ready", description = "Stops again as soon as everything works.", hidden = true)
    private boolean stopWhenReady;

    @Override
    public Integer call() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        if (port != null) {
            environment.put("HTTP_PORT", port.toString());
        }
        return StandaloneMain.run(environment, new StandaloneMain.Options(demo, stopWhenReady), System.out, System.err);
    }
}
