package io.cloneplatform.earnings.summary;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.earnings.member.Callers;
import io.vertx.core.Future;
import java.util.function.Function;

/**
 * A member reads the own earnings. Old clients look for the fields in {@code earnings} or at the top level: they stand in
 * both places.
 */
public final class ReadEarnings {
    private final EarningsStore store;

    public ReadEarnings(EarningsStore store) {
        this.store = store;
    }

    private record Summary(
            Money balance,
            Money totalEarned,
            Money fromDirectChildren,
            Money fromIndirectReferrals,
            int childCount,
            Money totalFromChildren,
            String parentUserId,
            @JsonInclude(Include.NON_NULL) Earnings.ByLevel byLevel) {
        static Summary of(Earnings earnings, Earnings.ByLevel byLevel) {
            return new Summary(
                    earnings.balance(),
                    earnings.totalEarned(),
                    earnings.fromDirectChildren(),
                    earnings.fromIndirectReferrals(),
                    earnings.childCount(),
                    earnings.totalFromChildren(),
                    earnings.parentUserId(),
                    byLevel);
        }
    }

    private record Answer(Summary earnings, @JsonUnwrapped Summary fields) {}

    /** The totals. */
    public Future<Reply> summary(Request request) {
        return read(request, earnings -> Summary.of(earnings, null));
    }

    /** The totals and what came from each level. */
    public Future<Reply> multilevel(Request request) {
        return read(request, earnings -> Summary.of(earnings, earnings.byLevel()));
    }

    private Future<Reply> read(Request request, Function<Earnings, Summary> summary) {
        return store.find(Callers.member(request)).map(found -> found.map(summary)
                .map(fields -> Reply.ok(new Answer(fields, fields)))
                .orElseGet(() -> Reply.refuse(ErrorCode.UNAUTHENTICATED, "This account no longer exists")));
    }
}
