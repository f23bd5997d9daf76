package io.cloneplatform.benchmarks.stage;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.launch.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A process of the platform, all of it or one service, on free ports of 127.0.0.1. */
public final class Platform implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofMinutes(3);
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(2);
    private static final long STOP_LIMIT_SECONDS = 20;
    private static final String VERIFY = "/admin/ledger/verify";
    private static final int INTRODUCED_AT_ONCE = 16;
    private static final long POLL_MS = 100;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String adminKey;
    private final Map<String, String> ports;
    private final Path log;
    private final Process process;

    private Platform(String adminKey, Map<String, String> ports, Path log, Process process) {
        this.adminKey = adminKey;
        this.ports = ports;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts all of it as {@code ./clonectl up} does; {@link #awaitReady} says when it serves.
     *
     * @param repository the checkout that is run
     * @param databaseUrl its database, migrated
     * @param directory where it may write
     */
    public static Platform start(Path repository, String databaseUrl, Path directory) {
        Map<String, String> settings =
                Map.of("DATA_DIR", directory.resolve("platform").toString());
        List<String> command = List.of(repository.resolve("clonectl").toString(), "up");
        return start(
                command, "benchmarks-" + UUID.randomUUID(), databaseUrl, settings, directory.resolve("platform.log"));
    }

    /**
     * Starts one of its processes, with the memory that {@code ./clonectl up} has for all of them.
     *
     * @param name of its module
     * @param adminKey the same for all of them
     * @param cluster what makes it join the others
     */
    public static Platform start(
            Path repository,
            String name,
            String adminKey,
            String databaseUrl,
            Map<String, String> cluster,
            Path directory) {
        Path archive = repository.resolve(name).resolve("target").resolve(name + ".jar");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                java,
                "-Xmx256m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-Dvertx.disableDnsResolver=true",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                archive.toString());
        return start(command, adminKey, databaseUrl, cluster, directory.resolve(name + ".log"));
    }

    private static Platform start(
            List<String> command, String adminKey, String databaseUrl, Map<String, String> settings, Path log) {
        Map<String, String> ports = new HashMap<>(Ports.choose(Map.of("HTTP_PORT", "0", "MANAGEMENT_PORT", "0")));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(ports);
        builder.environment().putAll(settings);
        builder.environment().putAll(Map.of("DATABASE_URL", databaseUrl, "ADMIN_KEY", adminKey, "RATE_LIMITS", "off"));
        try {
            return new Platform(adminKey, ports, log, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it serves. */
    public void awaitReady() throws InterruptedException {
        long limit = System.nanoTime() + READY_LIMIT.toNanos();
        while (!ready()) {
            if (!process.isAlive() || System.nanoTime() > limit) {
                throw new IllegalStateException("The platform does not start:\n" + output());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    private boolean ready() {
        String health = "http://127.0.0.1:" + ports.get("MANAGEMENT_PORT") + "/health/ready";
        return http.sendAsync(HttpRequest.newBuilder(URI.create(health)).build(), BodyHandlers.discarding())
                .thenApply(answer -> answer.statusCode() == 200)
                .exceptionally(refused -> false)
                .join();
    }

    private String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Where it serves clients. */
    public String url() {
        return "http://127.0.0.1:" + ports.get("HTTP_PORT");
    }

    /** The process. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** What it takes for an admin. */
    public String adminKey() {
        return adminKey;
    }

    /** What it says about its books, however long they take to verify. */
    public JsonNode verify() {
        HttpResponse<String> answer = get(VERIFY, adminKey).join();
        while (answer.body().contains("LEDGER_BEING_VERIFIED")) {
            answer = get(VERIFY, adminKey).join();
        }
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(
                    "GET " + VERIFY + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return Json.read(answer.body());
    }

    /**
     * Lets members call once: a gateway verifies the signature of a token at its first use, and what that costs is no part
     * of what is measured.
     */
    public void introduce(Collection<String> tokens) throws InterruptedException {
        Semaphore places = new Semaphore(INTRODUCED_AT_ONCE);
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (String token : tokens) {
            places.acquire();
            answers.add(get("/profile", token)
                    .whenComplete((answer, failure) -> places.release())
                    .thenApply(HttpResponse::statusCode));
        }
        if (!answers.stream().map(CompletableFuture::join).allMatch(status -> status == 200)) {
            throw new IllegalStateException("The platform does not know the seeded members:\n" + output());
        }
    }

    private CompletableFuture<HttpResponse<String>> get(String path, String token) {
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create(url() + path))
                        .header("Authorization", "Bearer " + token)
                        .timeout(ANSWER_LIMIT)
                        .build(),
                BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, STOP_LIMIT_SECONDS, TimeUnit.SECONDS)
                .join()
                .destroyForcibly();
    }

    @Override
    public String toString() {
        return "the platform (process " + process.pid() + ")";
    }
}
