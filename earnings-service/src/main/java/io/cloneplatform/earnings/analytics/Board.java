package io.cloneplatform.earnings.analytics;

import java.util.List;
import java.util.Optional;

/**
 * The first fifty at some moment.
 *
 * @param places the highest commissions first; fewer than fifty are all members
 */
record Board(List<Place> places) {
    static final int LENGTH = 50;

    /** Where a member stands. */
    Optional<Place> of(String member) {
        return places.stream().filter(place -> place.userId().equals(member)).findFirst();
    }

    /** Whether what it says of a member, who now has these commissions, is still true. */
    boolean knows(Place own) {
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
        return new Board(places.stream()
                .map(place -> place.userId().equals(own.userId()) ? own.at(place.rank()) : place)
                .toList());
    }
}
