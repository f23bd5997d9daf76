package io.cloneplatform.cli.audit;

import static io.cloneplatform.cli.output.Values.text;
import static io.cloneplatform.cli.output.Values.time;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.output.Output;
import io.cloneplatform.cli.output.Table;
import io.cloneplatform.cli.remote.AdminApi;
import io.cloneplatform.cli.remote.Connection;
import io.cloneplatform.cli.remote.Paging;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code clonectl audit list}. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists audit records, the newest first.")
public final class ListCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Mixin
    private Paging paging;

    @Mixin
    private Wanted wanted;

    @Override
    public Integer call() {
        AdminApi api = connection.api();
        JsonNode answer = api.get("/admin/audit?" + paging.query() + wanted.query(api));
        Output output = connection.output();
        output.show(answer, () -> {
            Table table = new Table("Time", "Who", "What", "Whom", "Result", "From", "Request", "Reason");
            answer.path("records").forEach(record -> row(table, record));
            output.table(table, "Nothing was recorded.");
            paging.more(output, answer);
        });
        return 0;
    }

    private static void row(Table table, JsonNode record) {
        JsonNode name = record.path("actorName");
        table.row(
                time(record.path("at")),
                text(name.isTextual() ? name : record.path("actorId")),
                text(record.path("action")),
                text(record.path("userId")),
                text(record.path("result")),
                text(record.path("ip")),
                text(record.path("requestId")),
                text(record.path("reason")));
    }
}
