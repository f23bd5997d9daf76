package io.cloneplatform.earnings.statement;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.csv.Csv;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** A page of a statement as CSV: the fields of its lines in their order, under a header row. */
final class StatementFile {
    /** The media type without parameters. */
    static final String ESSENCE = "text/csv";
    /** What asks for it in a query. */
    static final String FORMAT = "csv";

    private static final String MEDIA_TYPE = ESSENCE + "; charset=utf-8; header=present";

    private static final List<String> HEADER = List.of(
            "at",
            "id",
            "kind",
            "phase",
            "role",
            "counterpart",
            "description",
            "reference",
            "memo",
            "amount",
            "held",
            "balance",
            "heldBalance",
            "posted",
            "reverses");

    private StatementFile() {}

    /** The file of a page, named for today (UTC). */
    static Reply of(Statement statement) {
        Csv csv = new Csv();
        HEADER.forEach(csv::text);
        csv.end();
        statement.statement().forEach(line -> write(csv, line));
        String name = "statement-" + LocalDate.now(ZoneOffset.UTC) + ".csv";
        return Reply.file(new Reply.File(MEDIA_TYPE, name, statement.nextCursor()), csv.bytes());
    }

    private static void write(Csv csv, StatementLine line) {
        csv.text(line.at())
                .text(line.id())
                .text(line.kind())
                .text(line.phase())
                .text(line.role())
                .text(line.counterpart())
                .text(line.description())
                .text(line.reference())
                .text(line.memo())
                .money(line.amount())
                .money(line.held())
                .money(line.balance())
                .money(line.heldBalance())
                .money(line.posted())
                .text(line.reverses())
                .end();
    }
}
