package io.cloneplatform.benchmarks.stage;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The platform as six processes of one cluster on this machine. */
public final class Fleet implements AutoCloseable {
    private static final String GATEWAY = "gateway";
    private static final List<String> MODULES = List.of(
            GATEWAY, "auth-service", "earnings-service", "withdrawal-service", "support-service", "premium-service");

    private final Map<String, Platform> processes = new LinkedHashMap<>();

    /** Starts them; {@link #awaitReady} says when they serve. */
    Fleet(Path repository, String adminKey, String databaseUrl, Path directory) {
        Map<String, String> cluster = Map.of("CLUSTER", "tcp", "CLUSTER_NAME", "benchmarks-" + UUID.randomUUID());
        for (String module : MODULES) {
            processes.put(module, Platform.start(repository, module, adminKey, databaseUrl, cluster, directory));
        }
    }

    void awaitReady() throws InterruptedException {
        for (Platform process : processes.values()) {
            process.awaitReady();
        }
    }

    /** The one that clients talk to. */
    public Platform gateway() {
        return processes.get(GATEWAY);
    }

    /** All of them, by the names of their modules. */
    public Map<String, Platform> processes() {
        return Map.copyOf(processes);
    }

    @Override
    public void close() {
        processes.values().forEach(Platform::close);
    }
}
