package io.cloneplatform.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The shape of the house holds, and each rule has teeth: a deliberate violation breaks it. */
class ArchitectureTest {
    private static final String ROOT = "io.cloneplatform";
    private static final String VIOLATIONS = "io.cloneplatform.acceptance.violations";
    private static final ImportOption NO_TESTS =
            location -> !location.contains("/test-classes/") && !location.contains("-tests.jar");
    private static final JavaClasses PLATFORM =
            new ClassFileImporter().withImportOption(NO_TESTS).importPackages(ROOT);
    private static final JavaClasses DELIBERATE = new ClassFileImporter().importPackages(VIOLATIONS);

    /** Which class breaks which rule. */
    private static final Map<String, String> BREAKS = Map.ofEntries(
            Map.entry("auth imports common alone", "auth.ImportsTheGateway"),
            Map.entry("earnings imports common alone", "earnings.ImportsAnotherService"),
            Map.entry("withdrawal imports common alone", "withdrawal.ImportsAnotherService"),
            Map.entry("support imports common alone", "support.ImportsTheCli"),
            Map.entry("premium imports common alone", "premium.ImportsStandalone"),
            Map.entry("the gateway imports common alone", "gateway.ImportsAService"),
            Map.entry("common imports no other module", "common.ImportsAService"),
            Map.entry("standalone does not import the cli", "standalone.ImportsTheCli"),
            Map.entry("await stands in mains, launch, db, standalone and cli", "support.Awaits"),
            Map.entry("no verticle runs on virtual threads", "support.RunsOnVirtualThreads"),
            Map.entry("no binary floating point near money", "earnings.CountsInDoubles"),
            Map.entry("the environment is read at the edge", "support.ReadsTheEnvironment"),
            Map.entry("a class is named for what it is", "support.TicketHelper"));

    @Test
    void everyModuleIsLookedAt() {
        for (String module : ArchitectureRules.MODULES) {
            assertThat(PLATFORM).as(module).anyMatch(type -> type.getPackageName()
                    .startsWith(ROOT + "." + module));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyRuleHolds() {
        return new ArchitectureRules(ROOT)
                .all().entrySet().stream()
                        .map(rule -> DynamicTest.dynamicTest(
                                rule.getKey(),
                                () -> rule.getValue().allowEmptyShould(true).check(PLATFORM)));
    }

    @TestFactory
    Stream<DynamicTest> everyRuleBites() {
        Map<String, ArchRule> rules = new ArchitectureRules(VIOLATIONS).all();
        assertThat(rules.keySet()).isEqualTo(BREAKS.keySet());
        return rules.entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> assertThatThrownBy(
                                () -> rule.getValue().check(DELIBERATE))
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining(VIOLATIONS + "." + BREAKS.get(rule.getKey()))));
    }

    @Test
    void everyKindOfFloatingPointIsSeen() {
        ArchRule rule = new ArchitectureRules(VIOLATIONS).all().get("no binary floating point near money");
        assertThatThrownBy(() -> rule.check(DELIBERATE))
                .hasMessageContaining("CountsInDoubles.rate")
                .hasMessageContaining("CountsInDoubles.half")
                .hasMessageContaining("CountsInDoubles.round")
                .hasMessageContaining("doubleValue")
                .hasMessageContaining("parseDouble");
    }

    @Test
    void noFileIsTooLong() {
        assertThat(new SourceRules(SourceRules.checkout()).tooLong()).isEmpty();
    }

    @Test
    void noLocalVariableNearMoneyIsAFloat() {
        assertThat(new SourceRules(SourceRules.checkout()).floating(ArchitectureRules.MONEY))
                .isEmpty();
    }

    @Test
    void theRulesForSourcesBite(@TempDir Path modules) throws IOException {
        Path earnings = modules.resolve("earnings-service/src/main/java/io/cloneplatform/earnings/submit");
        Files.createDirectories(earnings);
        Files.writeString(earnings.resolve("Long.java"), "\n".repeat(251));
        Files.writeString(
                earnings.resolve("Local.java"),
                """
                // a double in a comment is fine
                /** So is a float
                 * double here. */
                class Local {
                    long local() {
                        double x = 1;
                        return (long) x;
                    }
                    String sql = "SELECT amount::float8";
                }
                """);
        SourceRules rules = new SourceRules(modules);
        assertThat(rules.tooLong()).singleElement().asString().contains("Long.java has 251 lines");
        assertThat(rules.floating(ArchitectureRules.MONEY))
                .extracting(line -> line.replaceFirst(".*Local.java:(\\d+).*", "$1"))
                .containsExactly("6", "9");
        assertThat(rules.floating(List.of("support"))).isEmpty();
    }
}
