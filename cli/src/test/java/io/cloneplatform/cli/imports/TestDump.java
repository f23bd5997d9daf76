package io.cloneplatform.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A dump written line by line, and the fresh database it is imported into. */
final class TestDump {
    static final String ANNA = "aaaaaaaa-1111-4111-8111-111111111111";
    static final String BERT = "bbbbbbbb-2222-4222-8222-222222222222";
    static final String CARL = "cccccccc-3333-4333-8333-333333333333";

    final List<String> lines = new ArrayList<>();
    final String url = TestDatabase.create();
    final Path file;

    TestDump(Path dir) {
        this.file = dir.resolve("dump.jsonl");
    }

    void line(String key, String singleQuoted) {
        lines.add("{\"key\":\"" + key + "\",\"value\":" + singleQuoted.replace('\'', '"') + "}");
    }

    void user(String id, String fields) {
        line("user:" + id, "{'email':'" + id.charAt(0) + "@example.com','name':'N'," + fields + "}");
    }

    ImportRun run(String... options) throws IOException {
        return ImportRun.of(url, Files.write(file, lines), options);
    }

    /** Runs it twice, holds the second run against the first, and answers the first. */
    ImportRun runTwice() throws IOException {
        ImportRun first = run();
        assertThat(first.exit()).as(first.err()).isZero();
        ImportRun second = run();
        assertThat(second.report()).isEqualTo(first.report());
        assertThat(second.lastLine()).isEqualTo("0 changed");
        return first;
    }

    /** What is kept of a record under a path of its value. */
    Object kept(String key, String path) {
        return ImportRun.ask(
                url, "SELECT value #>> ?::text[] FROM kv_store_44a642d3 WHERE key = 'legacy:' || ?", path, key);
    }

    long members(String condition) {
        return ImportRun.number(url, "SELECT count(*) FROM member WHERE " + condition);
    }
}
