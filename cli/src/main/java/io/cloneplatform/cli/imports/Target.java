package io.cloneplatform.cli.imports;

import java.util.List;

/** Where documents go: into the database a batch at a time, or nowhere in a dry run. */
final class Target {
    private final Sql sql;
    private final boolean dryRun;
    private final DocumentStore store;
    private long changed;

    Target(Sql sql, boolean dryRun) {
        this.sql = sql;
        this.dryRun = dryRun;
        this.store = new DocumentStore(sql);
    }

    boolean isDryRun() {
        return dryRun;
    }

    /** Writes what is not there yet, in a transaction of its own. */
    void write(List<Document> documents) {
        if (!dryRun && !documents.isEmpty()) {
            changed += store.insert(documents);
            sql.commit();
        }
    }

    /** Counts rows that others wrote. */
    void countChanged(long rows) {
        changed += rows;
    }

    /** How many rows are new. */
    long changed() {
        return changed;
    }
}
