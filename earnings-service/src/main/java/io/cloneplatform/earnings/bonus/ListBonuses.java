package io.cloneplatform.earnings.bonus;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.earnings.member.Callers;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A member reads every bonus and how far they are. */
public final class ListBonuses {
    private final Pool pool;
    private final BonusStore store;

    public ListBonuses(Pool pool, BonusStore store) {
        this.pool = pool;
        this.store = store;
    }

    private record State(
            String id,
            String name,
            String requirement,
            Money amount,
            String category,
            boolean claimed,
            boolean eligible,
            String status,
            int progress) {
        static State of(Bonus bonus, BonusFacts facts, boolean claimed) {
            boolean eligible = !claimed && bonus.rule().met().test(facts);
            return new State(
                    bonus.id(),
                    bonus.name(),
                    bonus.requirement(),
                    bonus.amount(),
                    bonus.category(),
                    claimed,
                    eligible,
                    status(claimed, eligible),
                    claimed ? 100 : bonus.rule().progress().applyAsInt(facts));
        }

        private static String status(boolean claimed, boolean eligible) {
            if (claimed) {
                return "claimed";
            }
            return eligible ? "ready" : "locked";
        }
    }

    /**
     * The bonuses in numbers.
     *
     * @param totalClaimable how many are ready
     * @param totalClaimed how many were claimed
     * @param totalEarned what those paid
     */
    private record Stats(long totalClaimable, long totalClaimed, Money totalEarned, State nextBonus) {}

    private record Answer(List<State> bonuses, List<State> payouts, Stats stats) {}

    /** Lists them for the calling member. */
    public Future<Reply> list(Request request) {
        UUID member = Callers.member(request);
        Future<Optional<BonusFacts>> facts = store.facts(pool, member);
        Future<List<String>> claimed = store.claimed(pool, member);
        Future<BonusStore.Totals> totals = store.totals(pool, member);
        return Future.all(facts, claimed, totals).map(done -> facts.result()
                .map(found -> answer(found, claimed.result(), totals.result()))
                .orElseGet(() -> Reply.refuse(ErrorCode.UNAUTHENTICATED, "This account no longer exists")));
    }

    private static Reply answer(BonusFacts facts, List<String> claimed, BonusStore.Totals totals) {
        List<State> states = Bonus.ALL.stream()
                .map(bonus -> State.of(bonus, facts, claimed.contains(bonus.id())))
                .toList();
        long claimable = states.stream().filter(State::eligible).count();
        return Reply.ok(
                new Answer(states, states, new Stats(claimable, totals.count(), totals.claimed(), nearest(states))));
    }

    // Of those equally far, the first in the list.
    private static State nearest(List<State> states) {
        return states.stream()
                .filter(state -> state.status().equals("locked"))
                .sorted(Comparator.comparingInt(State::progress).reversed())
                .findFirst()
                .orElse(null);
    }
}
