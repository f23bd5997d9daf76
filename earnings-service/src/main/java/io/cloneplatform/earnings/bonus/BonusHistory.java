package io.cloneplatform.earnings.bonus;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Page;
import io.cloneplatform.earnings.listing.TimeCursor;
import io.cloneplatform.earnings.member.Callers;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;

/** A member reads the bonuses they claimed, newest first. */
public final class BonusHistory {
    private final Pool pool;
    private final BonusStore store;

    public BonusHistory(Pool pool, BonusStore store) {
        this.pool = pool;
        this.store = store;
    }

    /**
     * A bonus that was claimed.
     *
     * @param bonusName the same as the name, which is what old clients call it
     * @param newBalance available right after it was paid; null where that was not kept
     */
    private record Claim(
            String bonusId,
            String name,
            String bonusName,
            String category,
            Money amount,
            String claimedAt,
            Money newBalance) {
        static Claim of(Row row) {
            JsonNode document = Json.read(row.getString("value"));
            return new Claim(
                    document.path("bonusId").asText(),
                    document.path("name").asText(),
                    document.path("name").asText(),
                    document.path("category").asText(),
                    Money.ofMajor(document.path("amount").decimalValue()),
                    document.path("claimedAt").asText(),
                    document.hasNonNull("newBalance")
                            ? Money.ofMajor(document.get("newBalance").decimalValue())
                            : null);
        }
    }

    private record Stats(
            long totalBonusesEarned, Money totalBonusAmount, Money averageBonusAmount, String lastClaimed) {
        static Stats of(BonusStore.Totals totals) {
            return new Stats(totals.count(), totals.claimed(), totals.average(), totals.lastClaimedAt());
        }
    }

    private record Answer(List<Claim> history, Stats stats, Money totalClaimed, long total, String nextCursor) {}

    /** Lists those of the calling member. */
    public Future<Reply> list(Request request) {
        UUID member = Callers.member(request);
        Page page = Page.of(request);
        Future<BonusStore.Totals> totals = store.totals(pool, member);
        Future<List<Row>> rows = store.history(pool, member, page, TimeCursor.of(page))
                .map(found -> found.stream().toList());
        return Future.all(totals, rows).map(done -> Reply.ok(answer(page, rows.result(), totals.result())));
    }

    private static Answer answer(Page page, List<Row> rows, BonusStore.Totals totals) {
        List<Claim> claims = page.trim(rows).stream().map(Claim::of).toList();
        String next = page.nextCursor(
                rows, row -> new TimeCursor(row.getOffsetDateTime("created_at"), row.getString("key")).text());
        return new Answer(claims, Stats.of(totals), totals.claimed(), totals.count(), next);
    }
}
