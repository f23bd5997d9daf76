package io.cloneplatform.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.remote.AdminApi;
import io.cloneplatform.cli.remote.Connection;
import io.cloneplatform.cli.remote.Failure;
import io.cloneplatform.common.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clonectl audit export}: page after page, so that it ends whatever there is, in little memory. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes audit records into a new file, the newest first: one JSON document on each line.")
public final class ExportCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Mixin
    private Wanted wanted;

    @Option(names = "--file", required = true, paramLabel = "FILE", description = "The file to make.")
    private Path file;

    @Override
    public Integer call() {
        long[] written = {0};
        try (PrintWriter out =
                new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW))) {
            written[0] = export(connection.api(), out);
            if (out.checkError()) {
                throw new IOException("it cannot be written");
            }
        } catch (IOException e) {
            throw Failure.of("NO_FILE", file + " cannot be written: " + e.getMessage() + ".");
        }
        connection.output().show(Json.object().put("records", written[0]).put("file", file.toString()), () -> connection
                .output()
                .line("Wrote " + written[0] + " records to " + file + "."));
        return 0;
    }

    private long export(AdminApi api, PrintWriter out) {
        long written = 0;
        String query = wanted.query(api);
        String cursor = "";
        while (cursor != null) {
            JsonNode page = api.get("/admin/audit?limit=500" + query + cursor);
            for (JsonNode record : page.path("records")) {
                out.println(Json.text(record));
                written++;
            }
            cursor = page.path("nextCursor").isTextual()
                    ? "&cursor=" + page.path("nextCursor").textValue()
                    : null;
        }
        return written;
    }
}
