package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** A real Prometheus watches a real platform that breaks, and a real Alertmanager tells whom it has to. */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MonitoringIT {
    private static final Duration FIRES_LIMIT = Duration.ofSeconds(100);
    private static final Duration SHELL_LIMIT = Duration.ofSeconds(60);
    private static final Pattern METRIC = Pattern.compile("\\b(?:clone|vertx)_[a-z0-9_]+");

    // Made where backups are made: by a process of its own.
    private static final String BACKUPS = "clone_backup_";

    private static SickPlatform platform;
    private static Monitoring monitoring;

    @BeforeAll
    static void start() {
        Program.require("prometheus");
        Program.require("prometheus-alertmanager");
        platform = new SickPlatform();
        monitoring = new Monitoring(platform.launch());
    }

    @AfterAll
    static void stop() {
        if (monitoring != null) {
            monitoring.close();
            platform.close();
        }
    }

    @Test
    @Order(1)
    void whatBreaksFiresAndIsToldToWhomItConcerns() {
        assertThat(monitoring.firing()).isEmpty();
        platform.work();
        platform.tamperWithTheBooks();
        platform.forgetTheWithdrawal();
        platform.guessPasswords();
        platform.lockTheTable();
        Set<String> seen = new TreeSet<>();
        Waiting.until(FIRES_LIMIT, () -> "these alone fired: " + seen + " of " + requests(), () -> {
            seen.addAll(monitoring.firing());
            return seen.containsAll(SickPlatform.alerts());
        });
        awaitMessage("page", "BooksDiffer");
        awaitMessage("chat", "WithdrawalWaits");
        assertThat(monitoring.sentTo("chat"))
                .contains("A withdrawal has been pending for 1d 1h")
                .contains("docs/runbook.md#withdrawal-waits")
                .doesNotContain("BooksDiffer");
    }

    private static List<String> requests() {
        return monitoring
                .values("sum by (operation, status) (clone_http_requests_total)")
                .map(JsonNode::toString)
                .toList();
    }

    private static void awaitMessage(String receiver, String alert) {
        Waiting.until(FIRES_LIMIT, () -> receiver + " got: " + monitoring.sentTo(receiver), () -> monitoring
                .sentTo(receiver)
                .contains(alert));
    }

    @Test
    @Order(2)
    void everyMetricThatARuleAsksForExists() throws IOException {
        StringBuilder rules = new StringBuilder();
        try (Stream<java.nio.file.Path> files = Files.list(Repository.root().resolve("monitoring/prometheus/rules"))) {
            for (java.nio.file.Path file : files.toList()) {
                rules.append(Files.readString(file).replaceAll("(?m)^ *#.*|^ *(?:- )?name:.*", ""));
            }
        }
        assertThat(METRIC.matcher(rules).results().map(MatchResult::group).distinct())
                .filteredOn(name -> !name.startsWith(BACKUPS) && !name.startsWith("clone_slo"))
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(monitoring.values("{__name__=~\"" + name + ".*\"}"))
                        .as(name)
                        .isNotEmpty());
    }

    @Test
    @Order(3)
    void everyPanelHasData() {
        List<Panel> panels = Panel.all();
        assertThat(panels).hasSizeGreaterThan(40);
        Waiting.until(FIRES_LIMIT, () -> "no data for " + empty(panels), () -> {
            platform.visit();
            return empty(panels).isEmpty();
        });
    }

    private static List<String> empty(List<Panel> panels) {
        return panels.stream()
                .flatMap(panel -> panel.expressions().stream()
                        .filter(expression -> monitoring.values(expression).noneMatch(MonitoringIT::isNumber))
                        .map(expression -> panel + ": " + expression))
                .toList();
    }

    private static boolean isNumber(JsonNode sample) {
        String value = sample.at("/value/1").asText();
        return !value.isEmpty() && !value.equals("NaN");
    }

    @Test
    @Order(4)
    void theCommandsOfTheRunbookRunAsTheyAreTyped() throws IOException {
        String page = Files.readString(Repository.root().resolve("docs/runbook.md"));
        String chapter =
                page.substring(page.indexOf("## Monitoring and alerts"), page.indexOf("\n## Common operations"));
        List<RunbookBlock> blocks = RunbookBlock.of(chapter);
        assertThat(blocks).hasSize((int) RunbookBlock.count(chapter)).hasSizeGreaterThan(15);
        assertThat(blocks).allSatisfy(block -> assertThat(said(block)).matches(block.pattern()));
    }

    private static String said(RunbookBlock block) {
        return block.language().equals("sql")
                ? Sql.said(platform.database(), block.lines().strip())
                : type(block.lines());
    }

    // The verification of the books says that they differ, which is so.
    private static String type(String lines) {
        int expected = lines.contains("ledger verify") ? 1 : 0;
        Launch shell = new Launch(List.of("sh", "-e", "-c", lines), platform.shell(monitoring.prometheus()));
        try (PlatformProcess typed = shell.start()) {
            assertThat(typed.awaitExit(SHELL_LIMIT)).as("%s", typed).isEqualTo(expected);
            return typed.wholeOutput() + "\n";
        }
    }

    @Test
    @Order(5)
    void whileNobodyWatchesThePlatformServesAndCounts() {
        String failures = "sum(clone_signins_total{kind=\"member\",result=\"failed\"})";
        int before = number(failures);
        monitoring.crash(platform::guessPasswords);
        Waiting.until(
                FIRES_LIMIT,
                () -> monitoring.values(failures).toList().toString(),
                () -> number(failures) >= before + 11);
        Waiting.until(FIRES_LIMIT, () -> monitoring.firing().toString(), () -> monitoring
                .firing()
                .contains("BooksDiffer"));
    }

    private static int number(String expression) {
        return monitoring
                .values(expression)
                .mapToInt(sample -> sample.at("/value/1").asInt())
                .sum();
    }

    @Test
    @Order(6)
    void aProcessThatEndsIsMissed() {
        platform.crash();
        awaitMessage("page", "ProcessDown");
    }
}
