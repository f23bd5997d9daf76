package io.cloneplatform.acceptance.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Debian's Prometheus and Alertmanager with the configuration of this repository, watching one process. Changed are the
 * addresses, and that they look every two seconds, so that nobody waits for them; the rules are untouched.
 */
final class Monitoring implements AutoCloseable {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Duration READY_LIMIT = Duration.ofSeconds(30);
    private static final String OFTEN = "2s";

    private final TemporaryDirectory directory = new TemporaryDirectory();
    private final Path folder = Repository.root().resolve("monitoring");
    private final List<PlatformProcess> processes = new ArrayList<>();
    private final Receivers receivers = new Receivers();
    private final Api prometheus = new Api("http://127.0.0.1:" + FreePorts.next());
    private final Api alertmanager = new Api("http://127.0.0.1:" + FreePorts.next());

    /** Watches the management port of a process that is taken for the gateway. */
    Monitoring(Launch watched) {
        try {
            configureAlertmanager();
            configurePrometheus(address(watched.management()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(
                "prometheus-alertmanager",
                "--config.file=" + file("alertmanager.yml"),
                "--storage.path=" + file("alerts"),
                "--web.listen-address=" + address(alertmanager),
                "--cluster.listen-address=");
        watch();
    }

    private void watch() {
        start(
                "prometheus",
                "--config.file=" + file("prometheus.yml"),
                "--storage.tsdb.path=" + file("samples"),
                "--web.listen-address=" + address(prometheus),
                "--log.level=warn");
        Waiting.until(READY_LIMIT, () -> "nothing is known of the process: " + processes, this::sees);
    }

    /** Prometheus crashes and is started again on what it kept. */
    void crash(Runnable meanwhile) {
        PlatformProcess prometheus = processes.remove(processes.size() - 1);
        prometheus.kill();
        prometheus.close();
        meanwhile.run();
        watch();
    }

    private boolean sees() {
        try {
            return prometheus.get("/-/ready").status() == 200
                    && values("up == 1").findAny().isPresent();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private void configureAlertmanager() throws IOException {
        String config = Files.readString(folder.resolve("alertmanager/alertmanager.yml"));
        Files.writeString(file("alertmanager.yml"), config.replace("/run/alerting/", directory.path() + "/"));
        Files.copy(folder.resolve("alertmanager/messages.tmpl"), file("messages.tmpl"));
        for (String name : List.of("page", "chat", "ticket")) {
            Files.writeString(file(name), receivers.address(name) + "\n");
        }
    }

    private void configurePrometheus(String watched) throws IOException {
        ObjectNode config = (ObjectNode)
                YAML.readTree(folder.resolve("prometheus/prometheus.yml").toFile());
        ((ObjectNode) config.at("/global")).put("scrape_interval", OFTEN).put("evaluation_interval", OFTEN);
        config.putArray("rule_files").add(folder.resolve("prometheus/rules").toAbsolutePath() + "/*.yml");
        ((ObjectNode) config.at("/alerting/alertmanagers/0/static_configs/0"))
                .putArray("targets")
                .add(address(alertmanager));
        ObjectNode job = (ObjectNode) config.at("/scrape_configs/0");
        job.remove(List.of("dns_sd_configs", "relabel_configs"));
        ObjectNode target = job.putArray("static_configs").addObject();
        target.putArray("targets").add(watched);
        target.putObject("labels").put("service", "gateway");
        YAML.writeValue(file("prometheus.yml").toFile(), config);
    }

    private void start(String... command) {
        processes.add(new Launch(List.of(command), Map.of()).start());
    }

    private Path file(String name) {
        return directory.path().resolve(name);
    }

    private static String address(Api api) {
        return api.base().replace("http://", "");
    }

    /** Where Prometheus answers. */
    Api prometheus() {
        return prometheus;
    }

    /** The samples that an expression has now. */
    Stream<JsonNode> values(String expression) {
        String query = URLEncoder.encode(expression, StandardCharsets.UTF_8);
        Answer answer = prometheus.get("/api/v1/query?query=" + query);
        if (answer.status() != 200) {
            throw new AssertionError(expression + ": " + answer.text());
        }
        return elements(answer.at("/data/result"));
    }

    /** The names of the alerts that fire, as Prometheus has it. */
    Set<String> firing() {
        return elements(prometheus.get("/api/v1/alerts").at("/data/alerts"))
                .filter(alert -> alert.at("/state").asText().equals("firing"))
                .map(alert -> alert.at("/labels/alertname").asText())
                .collect(TreeSet::new, Set::add, Set::addAll);
    }

    /** What a receiver was sent. */
    String sentTo(String receiver) {
        return receivers.sentTo(receiver);
    }

    static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    @Override
    public void close() {
        processes.forEach(PlatformProcess::close);
        directory.close();
        receivers.close();
    }
}
