package io.cloneplatform.earnings.analytics;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The first fifty at some moment.
 *
 * @param places the highest commissions first; fewer than fifty are all members
 * @param lastLeft when the last member had left who left before it was read, or null
 */
record Board(List<Place> places, OffsetDateTime lastLeft) {
    static final int LENGTH = 50;

    /** Where a member stands. */
    Optional<Place> of(String member) {
        return places.stream().filter(place -> place.userId().equals(member)).findFirst();
    }

    /** Whether what it says of a member, who now has these commissions, is still true, and names nobody who has left. */
    boolean knows(Asker asker) {
        return Objects.equals(lastLeft, asker.lastLeft()) && knows(asker.place());
    }

    private boolean knows(Place own) {
        return of(own.userId())
                .map(place -> place.totalProfitFromChildren().equals(own.totalProfitFromChildren()))
                .orElseGet(() -> places.size() == LENGTH && !before(own));
    }

    private boolean before(Place own) {
        return own.totalProfitFromChildren().minor()
                > places.get(places.size() - 1).totalProfitFromChildren().minor();
    }

    /** The same with a member's place as it is now. */
    Board with(Place own) {
        return new Board(
                places.stream()
                        .map(place -> place.userId().equals(own.userId()) ? own.at(place.rank()) : place)
                        .toList(),
                lastLeft);
    }
}
