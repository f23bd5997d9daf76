package io.cloneplatform.cli.imports;

import static io.cloneplatform.cli.imports.TestDump.ANNA;
import static io.cloneplatform.cli.imports.TestDump.BERT;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as nobody would write them: what is readable is read, and the rest is told. */
class HostileFileIT {
    @TempDir
    private Path dir;

    private TestDump dump;

    @BeforeEach
    void create() {
        dump = new TestDump(dir);
    }

    @Test
    void brokenCharactersCostNoMember() throws IOException {
        dump.line("user:" + ANNA, "{'name':'Cut \\ud83d','balance':42.5}");
        dump.line("a\\u0000b", "1");
        dump.lines.add("x");
        Path file = Files.write(dump.file, dump.lines);
        String latin = "{\"key\":\"user:" + BERT + "\",\"value\":{\"name\":\"caf\u00e9\",\"balance\":7.5}}\n";
        Files.write(file, latin.getBytes(StandardCharsets.ISO_8859_1), StandardOpenOption.APPEND);
        ImportRun run = ImportRun.of(dump.url, file);
        assertThat(run.out())
                .contains("3 texts with characters", "line 4: bytes that are no UTF-8", "1 lines left out");
        assertThat(ImportRun.number(dump.url, "SELECT sum(posted) FROM ledger_account WHERE kind = 'member'"))
                .isEqualTo(50_00);
        assertThat(dump.members("name IN ('Cut \uFFFD', 'caf\uFFFD')")).isEqualTo(2);
    }

    @Test
    void linesWithMoreOrLessThanARecordAreTold() throws IOException {
        dump.line("a:b", "1");
        dump.lines.add("   ");
        dump.lines.set(0, dump.lines.get(0) + " " + dump.lines.get(0));
        dump.line("text", "'[1] see chapter'");
        dump.lines.add("{\"key\":\"deep\",\"value\":" + "[".repeat(1_500) + "]".repeat(1_500) + "}");
        dump.lines.add("{\"key\":\"twice\",\"value\":1,\"value\":2}");
        dump.lines.add("{\"key\":\"cut\",\"val");
        assertThat(dump.runTwice().out())
                .contains("1 records, 4 lines left out, 1 empty lines")
                .contains("line 1: something follows the record", "line 4: nested too deeply")
                .contains("line 5: names a field twice", "line 6: ends too early");
        assertThat(dump.kept("text", "{}")).isEqualTo("[1] see chapter");
    }

    @Test
    void filesThatHoldNoRecordAreRefused() throws IOException {
        assertThat(dump.run().out()).contains("PROBLEM: there is no record in the file");
        dump.lines.add("[]");
        assertThat(dump.run("--dry-run").exit()).isEqualTo(1);
        Path file =
                Files.writeString(dir.resolve("wide.jsonl"), "{\"key\":\"a\",\"value\":1}", StandardCharsets.UTF_16);
        assertThat(ImportRun.of(dump.url, file).err()).contains("is written in UTF-16");
        ImportRun same = ImportRun.of(
                dump.url,
                file,
                "--report",
                dir.resolve(".").resolve("wide.jsonl").toString());
        assertThat(same.err()).startsWith("The report would overwrite the dump");
        assertThat(Files.size(file)).isPositive();
    }

    @Test
    void compressedDumpsAreRead() throws IOException {
        Path file = dir.resolve("dump.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("{\"key\":\"a:b\",\"value\":1}\n".repeat(2).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(ImportRun.of(dump.url, file).out())
                .contains("2 records, 0 lines left out", "1 the same as a later one");
    }

    @Test
    void largeRecordsAreNeverInMemoryTogether() throws IOException {
        dump.user(ANNA, "'photo':'" + "p".repeat((int) Dump.BATCH_SIZE) + "'");
        dump.user(BERT, "'balance':1");
        for (int i = 0; i < 3; i++) {
            dump.line("blob:" + i, "'" + "b".repeat((int) Dump.BATCH_SIZE / 2) + "'");
        }
        Files.write(dump.file, dump.lines);
        try (Sql sql = new Sql(new DatabaseConfig(new Secret(dump.url), 1))) {
            new DumpLoader(sql, new Findings(null)).load(new DumpFile(dump.file));
            Dump loaded = new Dump(sql);
            List<Integer> sizes = new ArrayList<>();
            loaded.each(Kind.OTHER, page -> sizes.add(page.size()));
            assertThat(sizes).containsExactly(2, 1);
            sizes.clear();
            loaded.eachBatch(List.of(ANNA, BERT), 100, id -> id, batch -> sizes.add(batch.size()));
            assertThat(sizes).containsExactly(1, 1);
        }
    }
}
