package io.cloneplatform.earnings.analytics;

import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.earnings.member.Callers;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.List;

/**
 * A member reads who earned most from referrals, and the own rank. What concerns others may be five minutes old, but
 * nobody is on it who has left; what concerns the calling member is always as it is in the database, whichever process
 * changed it.
 */
public final class Leaderboard {
    private static final int RANKS_KEPT = 10_000;
    private static final int ATTEMPTS = 3;
    private static final String TOP = "top";

    private final LeaderboardStore store;
    private final Recent<String, Board> boards;
    private final Recent<Long, Integer> ranks;

    public Leaderboard(LeaderboardStore store, MeterRegistry metrics) {
        this.store = store;
        this.boards = new Recent<>(metrics, "leaderboard", 1, top -> store.top());
        this.ranks = new Recent<>(metrics, "leaderboard.ranks", RANKS_KEPT, store::rank);
    }

    private record Answer(List<Place> leaderboard, int userRank) {}

    /** The first fifty, and the calling member's rank among all. */
    public Future<Reply> read(Request request) {
        return store.own(Callers.member(request))
                .compose(own -> own.map(asker -> board(asker, ATTEMPTS).compose(board -> answer(board, asker.place())))
                        .orElseGet(() -> boards.get(TOP).map(board -> new Answer(board.places(), 1))))
                .map(Reply::ok);
    }

    // What another request is reading may have begun before what this member did.
    private Future<Board> board(Asker own, int attempts) {
        Future<Board> kept = boards.get(TOP);
        return kept.compose(board -> {
            if (board.knows(own)) {
                return Future.succeededFuture(board.with(own.place()));
            }
            boards.forget(TOP, kept);
            return attempts > 1 ? board(own, attempts - 1) : store.top();
        });
    }

    private Future<Answer> answer(Board board, Place own) {
        return board.of(own.userId())
                .map(place -> Future.succeededFuture(place.rank()))
                .orElseGet(() -> ranks.get(own.totalProfitFromChildren().minor()))
                .map(rank -> new Answer(board.places(), rank));
    }
}
