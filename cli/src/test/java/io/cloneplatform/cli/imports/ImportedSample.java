package io.cloneplatform.cli.imports;

import io.cloneplatform.common.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The sample of a thousand members, tried first, then imported, then imported again; once for all tests that only look.
 *
 * @param states fingerprints of the database: before, and after each run
 * @param report the report file of the first run
 */
record ImportedSample(
        SampleDump dump,
        String url,
        ImportRun dry,
        ImportRun first,
        ImportRun second,
        List<String> states,
        String report) {
    private static ImportedSample imported;

    static synchronized ImportedSample get() {
        if (imported == null) {
            try {
                imported = importTwice(Files.createTempDirectory("import"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return imported;
    }

    /** The same in a database of its own, for what changes it. */
    ImportedSample copy() {
        return new ImportedSample(dump, TestDatabase.copyOf(url), dry, first, second, states, report);
    }

    private static ImportedSample importTwice(Path dir) throws IOException {
        SampleDump sample = SampleDump.make();
        Path file = dir.resolve("dump.jsonl");
        Path report = dir.resolve("report.jsonl");
        sample.writeTo(file);
        String url = TestDatabase.create();
        String before = ImportRun.fingerprint(url);
        ImportRun dry = ImportRun.of(url, file, "--dry-run");
        String afterDry = ImportRun.fingerprint(url);
        ImportRun first = ImportRun.of(url, file, "--report", report.toString());
        String afterFirst = ImportRun.fingerprint(url);
        ImportRun second = ImportRun.of(url, file);
        List<String> states = List.of(before, afterDry, afterFirst, ImportRun.fingerprint(url));
        String told = Files.readString(report);
        Files.delete(file);
        Files.delete(report);
        Files.delete(dir);
        return new ImportedSample(sample, url, dry, first, second, states, told);
    }

    List<SampleMember> members() {
        return dump.members();
    }

    SampleMember first(Predicate<SampleMember> wanted) {
        return members().stream().filter(wanted).findFirst().orElseThrow();
    }

    long sum(ToLongFunction<SampleMember> amount) {
        return members().stream().mapToLong(amount).sum();
    }

    /** The new id of a member. */
    static UUID id(SampleMember member) {
        return LegacyIds.member(member.id());
    }

    long number(String query, Object... values) {
        return ImportRun.number(url, query, values);
    }

    /** A field of a member's document as text. */
    String user(int number, String path) {
        return ImportRun.ask(
                        url,
                        "SELECT coalesce(value #>> ?::text[], 'null') FROM kv_store_44a642d3 WHERE key = 'user:' || ?",
                        "{" + path + "}",
                        id(members().get(number)))
                .toString();
    }
}
