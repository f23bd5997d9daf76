package io.cloneplatform.benchmarks.load;

import io.cloneplatform.benchmarks.measure.Sample;
import io.cloneplatform.benchmarks.stage.Programs;
import io.cloneplatform.benchmarks.stage.TemporaryDirectory;
import io.cloneplatform.common.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Drives HTTP with wrk: connections that stay open, and requests that a Lua script makes. */
public final class Wrk {
    private static final int THREADS = 2;

    private final Programs programs;
    private final Path wrk;
    private final TemporaryDirectory directory;
    private final String url;

    public Wrk(Programs programs, Path wrk, TemporaryDirectory directory, String url) {
        this.programs = programs;
        this.wrk = wrk;
        this.directory = directory;
        this.url = url;
    }

    /**
     * What to send.
     *
     * @param script makes the requests; a resource
     * @param tokens a file with one access token a line
     * @param more what else the script reads from its environment
     */
    public record Requests(String script, Path tokens, Map<String, String> more) {}

    /** As many as possible: every connection sends when it has its answer. */
    public Sample flatOut(Requests requests, int connections, int seconds) {
        return run(requests, connections, seconds, Map.of());
    }

    /** So many a second by a fixed schedule, as long as one of the connections is free. */
    public Sample paced(Requests requests, double perSecond, int connections, int seconds) {
        return run(requests, connections, seconds, Map.of("LOAD_RATE", Double.toString(perSecond)));
    }

    private Sample run(Requests requests, int connections, int seconds, Map<String, String> pace) {
        Path result = directory.path().resolve("wrk.json");
        Map<String, String> environment = new HashMap<>(requests.more());
        environment.putAll(pace);
        environment.put("LOAD_THREADS", Integer.toString(THREADS));
        environment.put("LOAD_TOKENS", requests.tokens().toString());
        environment.put("LOAD_REQUESTS", directory.file(requests.script()).toString());
        environment.put("LOAD_RESULT", result.toString());
        environment.put("LOAD_RUN", UUID.randomUUID().toString());
        programs.run(
                List.of(
                        wrk.toString(),
                        "-t" + THREADS,
                        "-c" + connections,
                        "-d" + seconds + "s",
                        "--timeout",
                        "10s",
                        "-s",
                        directory.file("load/load.lua").toString(),
                        url),
                environment);
        try {
            return Json.read(Files.readString(result), Sample.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
