package io.cloneplatform.earnings.verify;

import java.util.List;

/**
 * A rule that the books keep.
 *
 * @param rule what holds
 * @param query finds what breaks it: {@code subject}, {@code expected} and {@code actual} of each row
 */
public record LedgerCheck(String rule, String query) {
    // The whole journal is read: the timeout of ordinary statements would end that on a large installation,
    // and what they may keep in memory would make it go to the disk and back for each comparison. Helpers of
    // PostgreSQL read, hash and take documents apart, which costs more than handing on what they made; what
    // they would build together needs more shared memory than containers have.
    /** What a transaction sets before it looks. */
    public static final String TAKE_TIME =
            """
            SELECT set_config('statement_timeout', '1h', true), set_config('work_mem', '64MB', true),
                   set_config('parallel_tuple_cost', '0.01', true), set_config('enable_parallel_hash', 'off', true)
            """;

    /** Every rule, in the order in which they are looked at. */
    public static final List<LedgerCheck> ALL = List.of(
            new LedgerCheck("every row is as it was sealed", JournalChecks.ROWS_ARE_AS_SEALED),
            new LedgerCheck("every transfer adds up to zero", JournalChecks.TRANSFERS_SUM_TO_ZERO),
            new LedgerCheck("every transfer has its entries", JournalChecks.ENTRIES_AND_TRANSFERS_BELONG_TOGETHER),
            new LedgerCheck("every balance follows from the one before", JournalChecks.BALANCES_FOLLOW),
            new LedgerCheck("every account equals its entries", JournalChecks.ACCOUNTS_EQUAL_ENTRIES),
            new LedgerCheck("all accounts add up to zero", JournalChecks.ACCOUNTS_SUM_TO_ZERO),
            new LedgerCheck("every month equals its entries", JournalChecks.MONTHS_EQUAL_ENTRIES),
            new LedgerCheck("every member's document equals the account", DocumentChecks.MEMBERS_EQUAL_ACCOUNTS),
            new LedgerCheck("every member's tier is earned or given", DerivedChecks.TIERS_ARE_EARNED),
            new LedgerCheck("every member's children are counted", DerivedChecks.CHILDREN_ARE_COUNTED),
            new LedgerCheck("every line begins at the parent", DerivedChecks.LINES_BEGIN_AT_THE_PARENT),
            new LedgerCheck("every member has an account", DerivedChecks.MEMBERS_HAVE_ACCOUNTS),
            new LedgerCheck("every claimed bonus was paid", DerivedChecks.BONUSES_EQUAL_TRANSFERS),
            new LedgerCheck("every pending withdrawal has its hold", DocumentChecks.PENDING_WITHDRAWALS_ARE_HELD),
            new LedgerCheck("every closed withdrawal was settled", DocumentChecks.CLOSED_WITHDRAWALS_ARE_SETTLED),
            new LedgerCheck("every credited submission has its document", DocumentChecks.SUBMISSIONS_EQUAL_TRANSFERS),
            new LedgerCheck("every referral equals its commissions", DocumentChecks.REFERRALS_EQUAL_COMMISSIONS),
            new LedgerCheck("every open assignment is shown", DerivedChecks.OPEN_ASSIGNMENTS_ARE_SHOWN),
            new LedgerCheck("every rank counts its members", PlatformChecks.RANKS_ARE_COUNTED),
            new LedgerCheck("every day counts who was active last on it", PlatformChecks.ACTIVITY_IS_COUNTED),
            new LedgerCheck("revenue equals the months", PlatformChecks.REVENUE_EQUALS_MONTHS),
            new LedgerCheck("every member is counted", PlatformChecks.MEMBERS_ARE_COUNTED),
            new LedgerCheck("every paused account is listed", PlatformChecks.FREEZES_ARE_LISTED),
            new LedgerCheck("every document is counted", PlatformChecks.DOCUMENTS_ARE_COUNTED),
            new LedgerCheck("every list is complete", PlatformChecks.LISTS_ARE_COMPLETE),
            new LedgerCheck("every network is counted", PlatformChecks.NETWORKS_ARE_COUNTED),
            new LedgerCheck("every network knows who is active", PlatformChecks.NETWORKS_ARE_ACTIVE));

    /** The query for the first rows of its answer, all values as text. */
    public String limited(String limit) {
        return "SELECT subject, expected::text AS expected, actual::text AS actual FROM (" + query
                + ") found ORDER BY subject LIMIT " + limit;
    }
}
