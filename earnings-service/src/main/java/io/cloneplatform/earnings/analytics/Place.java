package io.cloneplatform.earnings.analytics;

import io.cloneplatform.common.json.Money;
import io.vertx.sqlclient.Row;

/**
 * A member's place on the leaderboard.
 *
 * @param rank one more than how many have higher commissions
 * @param totalProfitFromChildren the commissions
 */
record Place(int rank, String userId, String name, Money totalProfitFromChildren, int childCount, String vipTier) {
    static Place of(int rank, Row row) {
        return new Place(
                rank,
                row.getUUID("id").toString(),
                row.getString("name"),
                new Money(row.getLong("commission")),
                row.getInteger("children"),
                row.getString("tier"));
    }

    Place at(int newRank) {
        return new Place(newRank, userId, name, totalProfitFromChildren, childCount, vipTier);
    }
}
