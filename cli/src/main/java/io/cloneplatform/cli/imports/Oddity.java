package io.cloneplatform.cli.imports;

/** What an import can find in a dump and has to tell the operator. */
enum Oddity {
    MALFORMED_LINE("lines that are not a record and were left out"),
    DUPLICATE_KEY("keys that came more than once; the last one counts"),
    TEXT_REPAIRED("texts with characters that cannot be stored, which were replaced"),
    UNREADABLE_RECORD("records that are not what their key says; kept under legacy:"),
    UNKNOWN_KEY("keys this platform has no use for; kept under legacy:"),
    FIELDS_KEPT("records with fields this platform has no use for; kept under legacy:"),
    SECRET_REMOVED("secrets that were not kept"),
    ID_MAPPED("ids that are no UUID and were replaced"),
    SAME_MEMBER("members that came under two spellings of one id; kept under legacy:"),
    EMAIL_COMPLETED("e-mail addresses missing, invalid or taken, and completed"),
    USERNAME_COMPLETED("usernames missing, invalid or taken, and completed"),
    NAME_COMPLETED("names missing or not printable, and completed"),
    GENDER_UNKNOWN("genders this platform does not know"),
    TIME_COMPLETED("times missing or unreadable, and set to now"),
    LOGIN_RESET("members whose login password was not in the dump; an admin sets one: PUT /admin/users/{id}/password"),
    WITHDRAWAL_PASSWORD_RESET("withdrawal passwords that cannot be carried over; members must set a new one"),
    PARENT_UNKNOWN("parents who do not exist; the link was cut"),
    PARENT_LOOP("referral lines that ran in a circle; the link was cut"),
    PARENT_FOUND("parents found in referral records alone"),
    CHILD_COUNT("child counts that did not match the members"),
    CODE_REPLACED("invitation codes missing, invalid or taken, and replaced"),
    TIER_KEPT("tiers above the member's earnings, kept as set by hand"),
    TIER_RECOMPUTED("tiers below the member's earnings or unknown, computed anew"),
    NEGATIVE_BALANCE("negative balances, set to zero"),
    AMOUNT_UNREADABLE("amounts that are no number, counted as zero"),
    EARNINGS_CORRECTED("lifetime earnings below the sum of their parts, raised to it"),
    FREEZE_DROPPED("freezes made by premium assignments, lifted"),
    FREEZE_KEPT("freezes without a premium assignment, kept as holds by an admin"),
    PREMIUM_OFFERED("premium assignments, now offers that the member may accept or decline"),
    BONUS_CLAIMED("claimed bonuses, kept so that they cannot be claimed again"),
    WITHDRAWAL_UNCOVERED("pending withdrawals the balance does not cover, denied"),
    WITHDRAWAL_LATE("pending withdrawals of members who were here before; kept under legacy:, not held"),
    BONUS_UNREADABLE("claimed bonuses without a name; kept under legacy:"),
    PREMIUM_ENDED("premium assignments that had ended; kept under legacy:"),
    OWNER_UNKNOWN("records of members who do not exist; kept under legacy:"),
    STATUS_UNKNOWN("records in an unknown state; kept under legacy:"),
    QUEUE_ENTRY_UNKNOWN("queue entries that point nowhere"),
    QUEUE_KEPT("queues with more than ids in them; kept under legacy:"),
    QUEUE_ENTRY_STALE("queue entries whose record says otherwise; the record counts"),
    FAQ_KNOWN("questions that are here already; kept under legacy:");

    private final String meaning;

    Oddity(String meaning) {
        this.meaning = meaning;
    }

    String meaning() {
        return meaning;
    }
}
