package io.cloneplatform.earnings.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.earnings.ledger.Transfer.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A transfer reaches the database as arrays of one order: what belongs to one entry stands at one place in each. */
class TransferTest {
    private static final UUID ID = new UUID(9, 9);
    private static final UUID MEMBER = new UUID(1, 1);

    @Test
    void payingEarningsMovesThemFromTheBackingToTheMember() {
        Transfer bonus = Transfer.earning(ID, "bonus", "tier_gold", MEMBER, 30_000);
        assertThat(bonus)
                .isEqualTo(new Transfer(
                        ID,
                        "bonus",
                        "tier_gold",
                        null,
                        List.of(
                                new Entry(MEMBER, "bonus", 30_000, 30_000),
                                new Entry(Transfer.BACKING, "source", -30_000, 0))));
    }

    @Test
    void itsArraysKeepTheOrderOfTheEntries() {
        Transfer transfer = new Transfer(
                ID,
                "submission",
                "product",
                null,
                List.of(
                        Entry.earning(MEMBER, "own", 80),
                        Entry.moving(Transfer.PLATFORM, "platform", 20),
                        Entry.moving(Transfer.BACKING, "source", -100)));
        assertThat(transfer.accounts()).containsExactly(MEMBER, Transfer.PLATFORM, Transfer.BACKING);
        assertThat(transfer.roles()).containsExactly("own", "platform", "source");
        assertThat(transfer.amounts()).containsExactly(80L, 20L, -100L);
        assertThat(transfer.earned()).containsExactly(80L, 0L, 0L);
    }

    @Test
    void isNotChangedByWhoeverMadeIt() {
        List<Entry> entries = new ArrayList<>(List.of(Entry.moving(MEMBER, "adjustment", 1)));
        Transfer transfer = new Transfer(ID, "adjustment", "reference", "memo", entries);
        entries.clear();
        assertThat(transfer.entries()).hasSize(1);
    }
}
