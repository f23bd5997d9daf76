package io.cloneplatform.auth;

import io.vertx.sqlclient.RowSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Reads mapped results as the collections the language has. */
public final class Rows {
    private Rows() {}

    /** The only row, or empty. */
    public static <T> Optional<T> first(RowSet<T> rows) {
        return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
    }

    /** All rows in order. */
    public static <T> List<T> list(RowSet<T> rows) {
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }
}
