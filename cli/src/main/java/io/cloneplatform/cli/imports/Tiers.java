package io.cloneplatform.cli.imports;

import java.util.ArrayList;
import java.util.List;

/** The installation's tiers, lowest first. */
final class Tiers {
    private static final String FIND = "SELECT name, threshold FROM vip_tier ORDER BY rank";

    private record Tier(String name, long threshold) {}

    private final List<Tier> tiers = new ArrayList<>();

    Tiers(Sql sql) {
        sql.query(FIND, row -> tiers.add(new Tier(row.getString(1), row.getLong(2))));
    }

    /** A tier above what was earned sticks, because somebody set it; any other follows the earnings (null). */
    String byHand(String key, Fields fields, long earned, Findings findings) {
        int reached = 0;
        int given = -1;
        String name = fields.text("vipTier", "vip_tier").orElse("");
        for (int rank = 0; rank < tiers.size(); rank++) {
            reached = tiers.get(rank).threshold() <= earned ? rank : reached;
            given = tiers.get(rank).name().equalsIgnoreCase(name) ? rank : given;
        }
        if (given > reached) {
            findings.add(Oddity.TIER_KEPT, key, name);
            return tiers.get(given).name();
        }
        if (given < reached && !name.isEmpty()) {
            findings.add(
                    Oddity.TIER_RECOMPUTED,
                    key,
                    Texts.line(name, 50) + " became " + tiers.get(reached).name());
        }
        return null;
    }
}
