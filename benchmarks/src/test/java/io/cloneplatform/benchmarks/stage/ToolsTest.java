package io.cloneplatform.benchmarks.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolsTest {
    @TempDir
    private Path directory;

    private Path program(String name) throws IOException {
        return Files.createFile(
                directory.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    @Test
    void findsThemInThePathOrWhereTheyAreSaidToBe() throws IOException {
        Path wrk = program("wrk");
        Path pgbench = program("another-pgbench");
        assertThat(Tools.find(Map.of("PATH", "/nowhere:" + directory, "PGBENCH", pgbench.toString())))
                .isEqualTo(new Tools(wrk, pgbench));
    }

    @Test
    void saysWhatToInstall() {
        assertThatThrownBy(() -> Tools.find(Map.of("PATH", "/nowhere", "PGBENCH", "/nowhere/pgbench")))
                .isInstanceOf(Tools.Missing.class)
                .hasMessageContaining("apt install wrk")
                .hasMessageContaining("apt install postgresql-contrib");
    }
}
