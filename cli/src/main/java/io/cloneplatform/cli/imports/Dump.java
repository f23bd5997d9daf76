package io.cloneplatform.cli.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** A loaded dump: its records by kind, by member and by key, without holding them in memory. */
final class Dump {
    private static final String PAGE = "SELECT " + LegacyRecord.COLUMNS
            + " FROM (SELECT few.*, sum(size) OVER (ORDER BY key) - size AS before"
            + " FROM (SELECT * FROM legacy_dump WHERE kind = ? AND key > ? COLLATE \"C\" ORDER BY key LIMIT "
            + Dump.BATCH
            + ") AS few) AS page WHERE before < " + Dump.BATCH_SIZE + " ORDER BY key";
    private static final String BY_OWNER = "SELECT " + LegacyRecord.COLUMNS
            + " FROM legacy_dump WHERE owner = ANY (?::text[]) AND kind = ANY (?::text[]) ORDER BY key";
    private static final String LINKS = "SELECT " + LegacyRecord.COLUMNS
            + " FROM legacy_dump WHERE kind = 'REFERRAL' AND subject = ANY (?::text[]) ORDER BY key";
    private static final String COUNT =
            "SELECT owner, count(*) FROM legacy_dump WHERE kind = ? AND owner = ANY (?::text[]) GROUP BY owner";
    private static final String PENDING_OWNERS =
            """
            SELECT DISTINCT owner FROM legacy_dump
            WHERE kind = 'WITHDRAWAL' AND lower(trim(value ->> 'status')) = 'pending' AND owner IS NOT NULL ORDER BY owner
            """;
    private static final String SIZES =
            """
            SELECT owner, sum(size)::bigint FROM legacy_dump
            WHERE owner = ANY (?::text[]) AND kind <> 'PRODUCT' GROUP BY owner
            """;
    private static final String STATES =
            "SELECT key, coalesce(value ->> 'status', '') FROM legacy_dump WHERE key = ANY (?::text[])";
    private static final String CONVERSATIONS =
            """
            SELECT DISTINCT owner FROM legacy_dump
            WHERE kind IN ('MESSAGE', 'CONVERSATION') AND owner > ? ORDER BY owner LIMIT 100
            """;

    /** Rows read or written at once. */
    static final int BATCH = 500;

    /** Characters read or written at once; one record may be longer. */
    static final long BATCH_SIZE = 8L * 1024 * 1024;

    private final Sql sql;

    Dump(Sql sql) {
        this.sql = sql;
    }

    /** Records of a kind in the order of their keys, a batch at a time. */
    void each(Kind kind, Consumer<List<LegacyRecord>> batches) {
        List<LegacyRecord> page = find(PAGE, kind.name(), "");
        while (!page.isEmpty()) {
            batches.accept(page);
            page = find(PAGE, kind.name(), page.get(page.size() - 1).key());
        }
    }

    /** Some owners a batch at a time, with no more owners or content in it than fits into memory. */
    <T> void eachBatch(List<T> all, int most, Function<T, String> owner, Consumer<List<T>> batches) {
        int from = 0;
        while (from < all.size()) {
            List<T> few = all.subList(from, Math.min(all.size(), from + most));
            List<T> fitting = few.subList(0, fitting(few.stream().map(owner).toList()));
            batches.accept(fitting);
            from += fitting.size();
        }
    }

    private int fitting(List<String> owners) {
        Map<String, Long> sizes = new HashMap<>();
        sql.query(SIZES, row -> sizes.put(row.getString(1), row.getLong(2)), owners);
        int count = 0;
        for (long size = 0; count < owners.size() && size < BATCH_SIZE; count++) {
            size += sizes.getOrDefault(owners.get(count), 0L);
        }
        return count;
    }

    /** The records of some kinds that belong to any of these owners, one after another. */
    void ofOwners(Collection<String> owners, Consumer<LegacyRecord> each, Kind... kinds) {
        List<String> names = Arrays.stream(kinds).map(Kind::name).toList();
        sql.query(BY_OWNER, row -> each.accept(LegacyRecord.read(row)), owners, names);
    }

    /** The referral records that link any of these members to a parent. */
    void linksOf(Collection<String> children, Consumer<LegacyRecord> each) {
        sql.query(LINKS, row -> each.accept(LegacyRecord.read(row)), children);
    }

    /** How many records of a kind each of these owners has; those without any are left out. */
    Map<String, Integer> countOf(Collection<String> owners, Kind kind) {
        Map<String, Integer> counts = new HashMap<>();
        sql.query(COUNT, row -> counts.put(row.getString(1), row.getInt(2)), kind.name(), owners);
        return counts;
    }

    /** The members who wait for a withdrawal. */
    List<String> ownersOfPending() {
        List<String> owners = new ArrayList<>();
        sql.query(PENDING_OWNERS, row -> owners.add(row.getString(1)));
        return owners;
    }

    /** The states of the records under these keys; those that are not in the dump are left out. */
    Map<String, String> statesOf(Collection<String> keys) {
        Map<String, String> states = new HashMap<>();
        sql.query(STATES, row -> states.put(row.getString(1), row.getString(2)), keys);
        return states;
    }

    /** The conversations that records belong to, a batch at a time and in order; empty at the end. */
    List<String> conversationsAfter(String last) {
        List<String> found = new ArrayList<>();
        sql.query(CONVERSATIONS, row -> found.add(row.getString(1)), last);
        return found;
    }

    private List<LegacyRecord> find(String query, Object... values) {
        List<LegacyRecord> found = new ArrayList<>();
        sql.query(query, row -> found.add(LegacyRecord.read(row)), values);
        return found;
    }
}
