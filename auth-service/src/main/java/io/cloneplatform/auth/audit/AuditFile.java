package io.cloneplatform.auth.audit;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.csv.Csv;
import io.cloneplatform.common.json.Json;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** A page of audit records as CSV, under a header row; details and changes are JSON in a cell. */
final class AuditFile {
    private static final String ESSENCE = "text/csv";
    private static final String MEDIA_TYPE = ESSENCE + "; charset=utf-8; header=present";
    private static final List<String> HEADER = List.of(
            "at",
            "id",
            "actorId",
            "actorName",
            "action",
            "userId",
            "result",
            "reason",
            "ip",
            "requestId",
            "details",
            "changes");

    private AuditFile() {}

    /** Whether the client asks for a file. */
    static boolean wanted(Request request) {
        String format = request.param("format");
        return format == null ? ESSENCE.equals(request.param(Request.ACCEPT)) : format.equals("csv");
    }

    static Reply of(List<AuditRecord> records, String nextCursor) {
        Csv csv = new Csv();
        HEADER.forEach(csv::text);
        csv.end();
        records.forEach(record -> write(csv, record));
        String name = "audit-" + LocalDate.now(ZoneOffset.UTC) + ".csv";
        return Reply.file(new Reply.File(MEDIA_TYPE, name, nextCursor), csv.bytes());
    }

    private static void write(Csv csv, AuditRecord record) {
        csv.text(record.at())
                .text(record.id())
                .text(record.actorId())
                .text(record.actorName())
                .text(record.action())
                .text(record.userId())
                .text(record.result())
                .text(record.reason())
                .text(record.ip())
                .text(record.requestId())
                .text(record.details() == null ? null : Json.text(record.details()))
                .text(record.changes().isEmpty() ? null : Json.text(record.changes()))
                .end();
    }
}
