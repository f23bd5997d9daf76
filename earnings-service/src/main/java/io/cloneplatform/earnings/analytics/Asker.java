package io.cloneplatform.earnings.analytics;

import java.time.OffsetDateTime;

/**
 * A member who reads the leaderboard.
 *
 * @param place as one on the board, whatever the rank
 * @param lastLeft when the last member left, or null
 */
record Asker(Place place, OffsetDateTime lastLeft) {}
