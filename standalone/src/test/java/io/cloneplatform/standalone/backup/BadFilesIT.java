package io.cloneplatform.standalone.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.Secret;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.testing.TestDatabase;
import io.cloneplatform.standalone.backup.archive.Manifest;
import io.cloneplatform.standalone.backup.restore.Restore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that are no backup, or no longer one, are refused with the reason, and nothing is restored from them.
 */
class BadFilesIT {
    @TempDir
    static Path directory;

    private static Path good;
    private static String target;

    @BeforeAll
    static void back() {
        good = Backups.in(directory)
                .create(database(TestDatabase.create()), new BackupName("Good"), progress -> {})
                .file();
        target = TestDatabase.createEmpty();
    }

    @Test
    void whatIsCutOffIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(good);
        for (int length = 2; length < whole.length; length += 997) {
            refused(write(Arrays.copyOf(whole, length)), "is not whole");
        }
    }

    @Test
    void aChangedByteIsRefusedOrChangesNothing() throws IOException {
        byte[] whole = Files.readAllBytes(good);
        Manifest told = Backups.verify(good, progress -> {});
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            byte[] changed = whole.clone();
            changed[random.nextInt(whole.length)] ^= (byte) (1 + random.nextInt(255));
            try {
                assertThat(Backups.verify(write(changed), progress -> {})).isEqualTo(told);
            } catch (BackupException e) {
                assertThat(e.getMessage()).contains("changed.backup.zip").endsWith(".");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    @Test
    void whatIsNoBackupIsRefused() throws IOException {
        refused(write(new byte[0]), "is empty");
        refused(write("key,value\n".getBytes(StandardCharsets.UTF_8)), "is not a backup");
        refused(directory, "is a directory");
        refused(directory.resolve("nothing"), "There is no backup");
        refused(zip("notes.txt", "hello"), "it has no manifest");
        refused(zip("manifest.json", "{\"product\": \"another\"}"), "is not a backup of this platform");
        refused(zip("manifest.json", "{}"), "is not a backup of this platform");
        refused(zip("manifest.json", "[[[["), "its manifest is damaged");
    }

    @Test
    void aBackupOfALaterReleaseIsRefused() throws IOException {
        refused(told(manifest -> manifest.put("schema", 999)), "has schema version 999, this build knows");
        refused(told(manifest -> manifest.put("format", 2)), "this release reads up to 1");
    }

    @Test
    void namesThatWouldBecomeStatementsAreRefused() throws IOException {
        refused(
                told(manifest -> ((ObjectNode) manifest.at("/tables/0")).put("name", "member; DROP TABLE member")),
                "its manifest is incomplete");
    }

    @Test
    void booksThatAreNotThoseOfTheProofAreRefused() throws IOException {
        refused(
                told(manifest -> ((ObjectNode) manifest.at("/proof")).put("transfers", 1)),
                "the books are not those of the backup");
    }

    @Test
    void oneThatLacksATableIsRefused() throws IOException {
        refused(
                told(manifest -> ((com.fasterxml.jackson.databind.node.ArrayNode) manifest.at("/tables")).remove(0)),
                "it lacks");
    }

    @Test
    void oneThatCannotBeReadIsListedWithTheReason() throws IOException {
        Path place = Files.createDirectories(directory.resolve("listed"));
        Files.copy(good, place.resolve("Good.backup.zip"));
        Files.writeString(place.resolve("Bad.backup.zip"), "PK");
        Files.writeString(place.resolve("Half.partial"), "PK");
        Files.writeString(place.resolve("not a name .backup.zip"), "PK");
        assertThat(Backups.in(place).list())
                .extracting(backup -> backup.name().text() + " " + backup.isReadable())
                .containsExactly("Good true", "Bad false");
    }

    private static void refused(Path file, String reason) {
        assertThatThrownBy(() ->
                        new Restore(database(target), new Restore.Options(false, false), progress -> {}).from(file))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining(reason);
        try {
            assertThat(Inventory.tables(target)).isEmpty();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path write(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("changed.backup.zip"), bytes);
    }

    private static Path zip(String name, String text) throws IOException {
        Path file = directory.resolve("other.backup.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    // The same tables under another manifest.
    private static Path told(Consumer<ObjectNode> change) throws IOException {
        Path file = directory.resolve("told.backup.zip");
        try (ZipFile from = new ZipFile(good.toFile());
                OutputStream out = Files.newOutputStream(file);
                ZipOutputStream to = new ZipOutputStream(out)) {
            for (Enumeration<? extends ZipEntry> entries = from.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                byte[] bytes = from.getInputStream(entry).readAllBytes();
                to.putNextEntry(new ZipEntry(entry.getName()));
                if (entry.getName().equals("manifest.json")) {
                    ObjectNode manifest = Json.read(bytes, ObjectNode.class);
                    change.accept(manifest);
                    bytes = Json.bytes(manifest);
                }
                to.write(bytes);
            }
        }
        return file;
    }

    private static DatabaseConfig database(String url) {
        return new DatabaseConfig(new Secret(url), 1);
    }
}
