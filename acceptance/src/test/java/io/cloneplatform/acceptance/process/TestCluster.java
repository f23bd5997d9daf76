package io.cloneplatform.acceptance.process;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The platform as processes of their own, joined over TCP on this machine, on one database. */
final class TestCluster implements AutoCloseable {
    static final String ADMIN_KEY = "cluster-admin-key-for-tests";
    static final String SECOND_EARNINGS = "earnings-service-2";

    private static final List<String> EARNINGS_TWICE = List.of(
            "gateway",
            "withdrawal-service",
            SECOND_EARNINGS,
            "support-service",
            "earnings-service",
            "premium-service",
            "auth-service");

    private final Map<String, Launch> launches = new LinkedHashMap<>();
    private final Map<String, PlatformProcess> processes = new LinkedHashMap<>();

    /** Prepares each process once, earnings twice; nothing runs yet. */
    TestCluster(String databaseUrl) {
        this(databaseUrl, EARNINGS_TWICE);
    }

    /** Prepares processes by the names of their modules, where {@code -2} and so on make another of the same. */
    TestCluster(String databaseUrl, List<String> names) {
        Map<String, Integer> ports = names.stream()
                .collect(Collectors.toMap(name -> name, name -> FreePorts.next(), (a, b) -> a, LinkedHashMap::new));
        String members =
                ports.values().stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
        ports.forEach((name, port) -> launches.put(
                name,
                Launch.jar(name.replaceFirst("-\\d$", ""))
                        .with("DATABASE_URL", databaseUrl, "CLUSTER", "tcp", "CLUSTER_HOST", "127.0.0.1")
                        .with("CLUSTER_PORT", Integer.toString(port), "CLUSTER_MEMBERS", members)));
        launches.replaceAll(
                (name, launch) -> name.startsWith("auth-service") ? launch.with("ADMIN_KEY", ADMIN_KEY) : launch);
    }

    /** From their next start on, some are what another checkout has built. */
    void deploy(Path checkout, Collection<String> names) {
        names.forEach(name -> launches.computeIfPresent(name, (same, launch) -> launch.from(checkout)));
    }

    /** Starts those that do not run yet, in the order in which nobody would. */
    void startAllBut(String... late) {
        launches.keySet().stream()
                .filter(name -> !List.of(late).contains(name) && !processes.containsKey(name))
                .forEach(this::start);
    }

    PlatformProcess start(String name) {
        PlatformProcess process = launches.get(name).start();
        processes.put(name, process);
        return process;
    }

    Launch launch(String name) {
        return launches.get(name);
    }

    PlatformProcess process(String name) {
        return processes.get(name);
    }

    Map<String, PlatformProcess> processes() {
        return processes;
    }

    void awaitReady() {
        processes.values().forEach(PlatformProcess::awaitReady);
    }

    /** What clients talk to. */
    Api api() {
        return launches.get("gateway").api();
    }

    @Override
    public void close() {
        processes.values().forEach(PlatformProcess::close);
    }
}
