package io.cloneplatform.cli.imports;

import io.cloneplatform.cli.imports.KvImport.Result;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code clonectl import kv}: carries a dump of the predecessor's key-value table over. */
@Command(
        name = "kv",
        mixinStandardHelpOptions = true,
        description = {
            "Carries a dump of the predecessor's table over: one {\"key\", \"value\"} object per line.",
            "Balances become opening transfers of the ledger, withdrawal passwords become hashes, and what this",
            "platform does not understand is kept under legacy:<old key>. Whatever is not carried over as it was is",
            "told. An import can be repeated: what is there already stays as it is."
        },
        footer = {
            "",
            "The database is the one of DATABASE_URL, or the embedded one of a platform that is running.",
            "Make the dump with: psql -AtX -o dump.jsonl -c \\",
            "  \"SELECT json_build_object('key', key, 'value', value) FROM kv_store_44a642d3\"",
            "and make it when the predecessor has stopped: members who are here already stay as they are.",
            "Amounts are rounded to the cent, halves to the even one. Exits with 1 when nothing could be imported."
        })
public final class KvImportCommand implements Callable<Integer> {
    /** What can be said about pending withdrawals. */
    enum Pending {
        AUTO,
        INCLUDED,
        DEDUCTED
    }

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--file",
            required = true,
            paramLabel = "FILE",
            description = "The dump; may be compressed with gzip, or /dev/stdin.")
    private Path file;

    @Option(names = "--dry-run", description = "Tells what an import would do, and writes nothing.")
    private boolean dryRun;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Also writes every finding to a file, as JSON lines.")
    private Path report;

    @Option(names = "--strict", description = "Exits with 1 when lines were left out.")
    private boolean strict;

    @Option(
            names = "--pending-withdrawals",
            paramLabel = "auto|included|deducted",
            defaultValue = "auto",
            converter = PendingConverter.class,
            description = {
                "Whether the balances of the dump still include pending withdrawals (the predecessor took them off",
                "at approval) or had them deducted. Default: ${DEFAULT-VALUE}, which asks the numbers of the dump",
                "and takes included when they say nothing."
            })
    private Pending pending;

    /** The command as operators call it. */
    public KvImportCommand() {
        this(System.getenv());
    }

    KvImportCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Reads the words in any case. */
    static final class PendingConverter implements picocli.CommandLine.ITypeConverter<Pending> {
        @Override
        public Pending convert(String word) {
            return Arrays.stream(Pending.values())
                    .filter(value -> value.name().equalsIgnoreCase(word))
                    .findFirst()
                    .orElseThrow(() ->
                            new TypeConversionException("expected auto, included or deducted, not '" + word + "'"));
        }
    }

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            err.println("Cannot read " + file + ".");
            return 1;
        }
        if (isSameFile()) {
            err.println("The report would overwrite the dump " + file + ".");
            return 1;
        }
        try (PrintWriter lines = reportFile();
                Sql sql = ImportDatabase.open(ImportDatabase.configured(environment))) {
            Findings findings = new Findings(lines);
            KvImport.Options options = new KvImport.Options(dryRun, rule());
            Result result = new KvImport(sql, options, findings, err).run(new DumpFile(file));
            print(result, findings);
            return result.problems().isEmpty() && !(strict && result.dump().malformed() > 0) ? 0 : 1;
        } catch (ImportDatabase.Unusable e) {
            err.println(e.getMessage());
            return 1;
        } catch (IOException | UncheckedIOException e) {
            err.println("Cannot read or write a file: " + e.getMessage());
            return 1;
        } catch (Sql.Failure e) {
            err.println("The database stopped the import: " + e.getMessage());
            err.println("What was complete is kept. Run the same import again to go on.");
            return 1;
        }
    }

    private boolean isSameFile() {
        try {
            return report != null && Files.exists(report) && Files.isSameFile(file, report);
        } catch (IOException e) {
            return false;
        }
    }

    private PendingRule rule() {
        return pending == Pending.AUTO ? null : PendingRule.valueOf(pending.name());
    }

    /** Null without a report; closing null is no work. */
    private PrintWriter reportFile() throws IOException {
        return report == null ? null : new PrintWriter(Files.newBufferedWriter(report, StandardCharsets.UTF_8));
    }

    private void print(Result result, Findings findings) {
        PrintWriter out = spec.commandLine().getOut();
        DumpLoader dump = result.dump();
        out.println(
                dump.lines() + " records, " + dump.malformed() + " lines left out, " + dump.empty() + " empty lines");
        result.tally().print(dump, out);
        out.println("Pending withdrawals were taken as "
                + (result.rule() == PendingRule.INCLUDED
                        ? "still included in the balances, as the predecessor left them until approval."
                        : "deducted from the balances already."));
        out.println();
        findings.print(out);
        out.println();
        result.problems().forEach(problem -> out.println("PROBLEM: " + problem));
        out.println(dryRun ? "dry run: nothing was written" : result.changed() + " changed");
        out.flush();
    }
}
