package io.cloneplatform.earnings.statement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {
    @ParameterizedTest
    @CsvSource({
        "submission, posted, own, p1, , Desk lamp, , Own submission, Desk lamp",
        "submission, posted, own, p1, , , , Own submission, ",
        "submission, posted, level_1, p1, Joan, , , Joan, Level 1 commission",
        "submission, posted, level_3, p1, Joan, , , Joan, Level 3 commission",
        "submission, posted, level_2, p1, , , , Unknown member, Level 2 commission",
        "bonus, posted, bonus, u1:tier_silver, , , , tier_silver, Bonus",
        "boost, posted, boost, a1, , , , Premium assignment, Premium boost",
        "adjustment, posted, adjustment, x1, , , , Adjustment by the platform, ",
        "opening, posted, opening_own, opening:u1:own, , , , Opening balance, Brought over",
        "withdrawal, pending, hold, w1, , , , Withdrawal, Held",
        "withdrawal, post, payout, w1, , , , Withdrawal, Paid out",
        "withdrawal, void, release, w1, , , denied, Withdrawal, Denied",
        "withdrawal, void, release, w1, , , cancelled, Withdrawal, Cancelled",
        "withdrawal, void, release, w1, , , , Withdrawal, Released",
        "something, posted, new, x1, , , , Platform, "
    })
    void saysWhatAnEntryIs(
            String kind,
            String phase,
            String role,
            String reference,
            String submitter,
            String product,
            String outcome,
            String counterpart,
            String description) {
        assertThat(Wording.of(kind, phase, role, reference, submitter, product, outcome))
                .isEqualTo(new Wording(counterpart, description));
    }
}
