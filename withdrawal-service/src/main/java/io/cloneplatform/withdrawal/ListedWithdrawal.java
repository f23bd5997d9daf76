package io.cloneplatform.withdrawal;

import io.cloneplatform.common.json.Json;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;

/**
 * A withdrawal in a list, with its place there.
 *
 * @param position for the cursor of the next page
 */
public record ListedWithdrawal(Position position, Withdrawal withdrawal) {
    /** Reads rows of {@code micros}, {@code key} and {@code document}. */
    public static List<ListedWithdrawal> of(RowSet<Row> rows) {
        List<ListedWithdrawal> listed = new ArrayList<>(rows.size());
        for (Row row : rows) {
            Position position = new Position(row.getLong("micros"), row.getString("key"));
            listed.add(new ListedWithdrawal(position, Json.read(row.getString("document"), Withdrawal.class)));
        }
        return listed;
    }
}
