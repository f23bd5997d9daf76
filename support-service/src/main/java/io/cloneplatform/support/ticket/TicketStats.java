package io.cloneplatform.support.ticket;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How many tickets there are in each state. */
record TicketStats(long total, long open, long inProgress, long resolved, @JsonIgnore long closed) {
    /** Out of rows with the columns {@code status} and {@code n}. */
    static TicketStats of(RowSet<Row> rows) {
        Map<String, Long> counts =
                rows.stream().collect(Collectors.toMap(row -> row.getString("status"), row -> row.getLong("n")));
        Function<TicketStatus, Long> count = status -> counts.getOrDefault(status.text(), 0L);
        return new TicketStats(
                Stream.of(TicketStatus.values()).mapToLong(count::apply).sum(),
                count.apply(TicketStatus.OPEN),
                count.apply(TicketStatus.IN_PROGRESS),
                count.apply(TicketStatus.RESOLVED),
                count.apply(TicketStatus.CLOSED));
    }

    /** How many are in this state; in any, when it is null. */
    long of(TicketStatus status) {
        if (status == null) {
            return total;
        }
        return switch (status) {
            case OPEN -> open;
            case IN_PROGRESS -> inProgress;
            case RESOLVED -> resolved;
            case CLOSED -> closed;
        };
    }
}
