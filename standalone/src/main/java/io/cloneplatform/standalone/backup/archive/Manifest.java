package io.cloneplatform.standalone.backup.archive;

import java.util.List;

/**
 * What a backup says about itself; written last, so that a file with it is whole.
 *
 * @param product {@link #PRODUCT}
 * @param format {@link #FORMAT}, raised with every change that an older release cannot read
 * @param name the name it was given
 * @param createdAt the moment of the snapshot, ISO 8601 in UTC
 * @param release the release that made it
 * @param schema the version of its schema
 * @param server the version of PostgreSQL it came from
 * @param tables every table, in the order in which they can be filled
 * @param sequences where numbering goes on
 * @param proof sums over the books in the same snapshot
 */
public record Manifest(
        String product,
        int format,
        String name,
        String createdAt,
        String release,
        int schema,
        String server,
        List<Table> tables,
        List<Sequence> sequences,
        LedgerProof proof) {
    /** Marks a backup of this product. */
    public static final String PRODUCT = "clone-platform-backup";

    /** The format that this release writes, and the newest that it reads. */
    public static final int FORMAT = 1;

    /**
     * One table, in the text format of COPY.
     *
     * @param bytes length of its text
     * @param sha256 of its text, in hexadecimal digits
     */
    public record Table(String name, List<String> columns, long rows, long bytes, String sha256) {
        /** The name of its part of the file. */
        public String part() {
            return "tables/" + name + ".copy";
        }
    }

    /**
     * A sequence.
     *
     * @param called whether the value was given out already
     */
    public record Sequence(String name, long value, boolean called) {}

    /** Rows of all tables. */
    public long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }

    /** Bytes of all tables' text. */
    public long bytes() {
        return tables.stream().mapToLong(Table::bytes).sum();
    }
}
