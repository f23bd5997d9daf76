package io.cloneplatform.earnings.submit;

import io.cloneplatform.common.json.Money;
import io.cloneplatform.earnings.ledger.Transfer;
import io.cloneplatform.earnings.ledger.Transfer.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * How a submission is credited along a line: who gets what, and the transfer that pays it. Made without the database, so
 * that many can be posted by one statement.
 *
 * @param own the submitting member's share
 * @param cascade the ancestors' shares, nearest first; also those of zero
 * @param transfer the member's entry first
 */
public record Credit(Money own, List<Commission> cascade, Transfer transfer) {
    private static final int OWN = 0;

    public Credit {
        cascade = List.copyOf(cascade);
    }

    /** Splits the value of a product along the line of its member. */
    public static Credit of(UUID product, Line line, Money value, CommissionSplit split) {
        long[] shares = split.shares(value.minor());
        List<Commission> cascade = line.ancestors().stream()
                .map(ancestor -> Commission.of(ancestor, shares[ancestor.level()]))
                .toList();
        long paid = cascade.stream().mapToLong(share -> share.amount().minor()).sum();
        long kept = value.minor() - shares[OWN] - paid;
        List<Entry> entries = new ArrayList<>();
        entries.add(Entry.earning(line.id(), "own", shares[OWN]));
        line.ancestors().forEach(a -> entries.add(Entry.earning(a.id(), "level_" + a.level(), shares[a.level()])));
        entries.add(Entry.moving(Transfer.PLATFORM, "platform", kept));
        entries.add(Entry.moving(Transfer.BACKING, "source", -value.minor()));
        return new Credit(
                new Money(shares[OWN]),
                cascade,
                new Transfer(product, "submission", product.toString(), null, worthPosting(entries)));
    }

    // An empty share would lock an upline's account for nothing. The member's own entry counts the submission: it
    // stays.
    private static List<Entry> worthPosting(List<Entry> entries) {
        return Stream.concat(entries.stream().limit(1), entries.stream().skip(1).filter(entry -> entry.amount() != 0))
                .toList();
    }

    /** What the parent gets; zero without one. */
    public Money parentShare() {
        return cascade.stream()
                .filter(share -> share.level() == 1)
                .map(Commission::amount)
                .findFirst()
                .orElse(Money.ZERO);
    }
}
