package io.cloneplatform.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Images hold no secret, run as nobody, and leave nothing of their memory behind. */
class DockerfileTest {
    private static final Path CHECKOUT = SourceRules.checkout();

    @Test
    void nothingOfMemoryIsWrittenDownOrReadByOthers() throws IOException {
        assertThat(lines("docker/java.args"))
                .contains(
                        "-XX:-HeapDumpOnOutOfMemoryError",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:+DisableAttachMechanism",
                        "-XX:-UsePerfData")
                .noneMatch(
                        line -> line.contains("jdwp") || line.contains("jmxremote") || line.contains("HeapDumpPath"));
    }

    @Test
    void noSecretIsAnArgumentOrAVariableOfAnImage() throws IOException {
        assertThat(lines("Dockerfile"))
                .filteredOn(line -> line.matches("(ARG|ENV|LABEL) .*"))
                .noneMatch(line -> line.matches("(?i).*(password|secret|token|admin_key|credential).*"));
        assertThat(lines("Dockerfile")).anyMatch(line -> line.matches("USER [1-9]\\d+:[1-9]\\d+"));
    }

    @Test
    void whatIsBuiltFromHoldsNoDataAndNoHistory() throws IOException {
        assertThat(lines(".dockerignore")).contains(".git", "data");
    }

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(CHECKOUT.resolve(file)).stream()
                .map(String::strip)
                .toList();
    }
}
