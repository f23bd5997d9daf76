package io.cloneplatform.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.operate.OperatedPlatform.Person;
import io.cloneplatform.cli.operate.OperatedPlatform.Ran;
import io.cloneplatform.common.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code clonectl audit}: what the platform recorded, on a screen and in a file. */
class AuditCommandsIT {
    private final OperatedPlatform platform = OperatedPlatform.get();

    @Test
    void listsWhoDidWhatToWhom() {
        Person member = platform.person("audited");
        platform.run("user", "freeze", member.id(), "--reason", "Identity check");
        Ran ran = platform.run("audit", "list", "--user", member.username(), "--action", "premium.freeze");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("admin key", "premium.freeze", member.id(), "done", "Identity check");
    }

    @Test
    void exportsEveryPageIntoANewFile(@TempDir Path directory) throws IOException {
        Person member = platform.person("audited");
        for (int i = 0; i < 3; i++) {
            platform.run("user", "freeze", member.id(), "--reason", "Check " + i);
            platform.run("user", "unfreeze", member.id());
        }
        Path file = directory.resolve("audit.jsonl");
        JsonNode answer = platform.run("audit", "export", "--user", member.id(), "--file", file.toString(), "--json")
                .json();
        List<String> lines = Files.readAllLines(file);
        assertThat(lines)
                .hasSize(6)
                .allMatch(line -> Json.read(line).get("userId").asText().equals(member.id()));
        assertThat(answer.get("records").asInt()).isEqualTo(6);
        assertThat(platform.run("audit", "export", "--file", file.toString()).exit())
                .as("over a file that is there")
                .isEqualTo(1);
    }
}
