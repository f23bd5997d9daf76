package io.cloneplatform.benchmarks.growth;

import java.util.stream.IntStream;

/**
 * The members that {@code growth/1-members.sql} makes, by number: communities of a hundred, all alike, below one founder.
 *
 * @param members how many there are
 */
record Population(long members) {
    /** Whom everybody else descends from. */
    static final long FOUNDER = 1;

    /** The place of the first one who invited nobody. */
    private static final int FIRST_LEAF = 10;

    private static final int COMMUNITY = 100;
    private static final int FEW_COMMUNITIES = 1_000;
    private static final long STRIDE = 7_919;

    /** Places in a community, by what stands out about who has them. */
    @SuppressWarnings("ImmutableEnumChecker") // the array is never written
    enum Place {
        /** Three above, and nobody below. */
        LEAF(IntStream.range(FIRST_LEAF, COMMUNITY)),
        /** The same, with money that was given and partly withdrawn. */
        SAVER(IntStream.range(FIRST_LEAF, COMMUNITY).filter(place -> place % 10 >= 3 && place % 10 <= 5)),
        /** The same, without. */
        SPENDER(IntStream.range(FIRST_LEAF, COMMUNITY).filter(place -> place % 10 < 3 || place % 10 > 5)),
        /** Earned enough for the tier Gold, and claimed no bonus. */
        GOLD(IntStream.range(FIRST_LEAF, COMMUNITY).filter(place -> place % 3 == 1)),
        /** Invited ten. */
        UPLINE(IntStream.range(1, FIRST_LEAF)),
        /** Has a ticket. */
        ASKER(IntStream.range(FIRST_LEAF, COMMUNITY).filter(place -> place % 5 == 3)),
        /** Has a conversation. */
        TALKER(IntStream.range(FIRST_LEAF, COMMUNITY).filter(place -> place % 10 == 9));

        private final int[] places;

        Place(IntStream places) {
            this.places = places.toArray();
        }
    }

    /** The number of a member at such a place; another one for each index, as long as there are others. */
    long member(Place place, int index) {
        long communities = (members - FOUNDER) / COMMUNITY;
        int places = place.places.length;
        long community = communities < FEW_COMMUNITIES ? index / places % communities : index * STRIDE % communities;
        return FOUNDER + 1 + community * COMMUNITY + place.places[index % places];
    }
}
