package io.cloneplatform.cli.transactions;

import static io.cloneplatform.cli.output.Values.money;
import static io.cloneplatform.cli.output.Values.text;
import static io.cloneplatform.cli.output.Values.time;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.output.Output;
import io.cloneplatform.cli.output.Table;
import io.cloneplatform.cli.remote.AdminApi;
import io.cloneplatform.cli.remote.Connection;
import io.cloneplatform.cli.remote.Paging;
import io.cloneplatform.cli.user.Members;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clonectl transactions recent}. */
@Command(
        name = "recent",
        mixinStandardHelpOptions = true,
        description = "Lists ledger transfers, the newest first: all of them, or those that touch one member.")
public final class RecentCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Mixin
    private Paging paging;

    @Option(names = "--user", paramLabel = "MEMBER", description = "Only what touches this member.")
    private String member;

    @Override
    public Integer call() {
        AdminApi api = connection.api();
        String user = member == null ? "" : "&userId=" + new Members(api).id(member);
        JsonNode answer = api.get("/admin/transactions?" + paging.query() + user);
        Output output = connection.output();
        output.show(answer, () -> {
            Table table = new Table("Time", "Kind", "Phase", "Amount>", "Member", "Entries>", "Transfer", "Memo");
            answer.path("transactions").forEach(one -> row(table, one));
            output.table(table, "Nothing was booked.");
            paging.more(output, answer);
        });
        return 0;
    }

    private static void row(Table table, JsonNode one) {
        table.row(
                time(one.path("createdAt")),
                text(one.path("kind")),
                text(one.path("phase")),
                money(one.path("amount")),
                text(one.path("userName")),
                text(one.path("entryCount")),
                text(one.path("id")),
                text(one.path("memo")));
    }
}
