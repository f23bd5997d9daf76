package io.cloneplatform.earnings.ledger;

import java.util.List;
import java.util.UUID;

/**
 * One posted transfer of the ledger: entries in minor units that add up to zero.
 *
 * @param kind submission, bonus, boost, adjustment or funding
 * @param reference what it is for; a kind has each reference once
 * @param memo a sentence for people, or null
 */
public record Transfer(UUID id, String kind, String reference, String memo, List<Entry> entries) {
    /** The world outside: minus money in, plus money out. */
    public static final UUID EXTERNAL = UUID.fromString("ffffffff-ffff-ffff-ffff-fffffffffff1");

    /** Funding received minus everything credited to members. */
    public static final UUID BACKING = UUID.fromString("ffffffff-ffff-ffff-ffff-fffffffffff2");

    /** Shares that no ancestor was there to receive. */
    public static final UUID PLATFORM = UUID.fromString("ffffffff-ffff-ffff-ffff-fffffffffff3");

    public Transfer {
        entries = List.copyOf(entries);
    }

    /**
     * One account's part of a transfer.
     *
     * @param role what the account is in it: own, level_1, bonus, source, ...
     * @param amount change of the posted balance
     * @param earned the part of it that counts as lifetime earnings
     */
    public record Entry(UUID account, String role, long amount, long earned) {
        /** An amount that the account's member earned. */
        public static Entry earning(UUID account, String role, long amount) {
            return new Entry(account, role, amount, amount);
        }

        /** An amount that is nobody's earnings. */
        public static Entry moving(UUID account, String role, long amount) {
            return new Entry(account, role, amount, 0);
        }
    }

    /** A payment by the platform that counts as the member's earnings. */
    public static Transfer earning(UUID id, String kind, String reference, UUID member, long amount) {
        return new Transfer(
                id,
                kind,
                reference,
                null,
                List.of(Entry.earning(member, kind, amount), Entry.moving(BACKING, "source", -amount)));
    }

    UUID[] accounts() {
        return entries.stream().map(Entry::account).toArray(UUID[]::new);
    }

    /** The roles, in the order of the entries. */
    public String[] roles() {
        return entries.stream().map(Entry::role).toArray(String[]::new);
    }

    /** The amounts, in the order of the entries. */
    public Long[] amounts() {
        return entries.stream().map(Entry::amount).toArray(Long[]::new);
    }

    /** The earned parts, in the order of the entries. */
    public Long[] earned() {
        return entries.stream().map(Entry::earned).toArray(Long[]::new);
    }
}
