package io.cloneplatform.earnings.summary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Json;
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
            String parentUserId) {
        static Summary of(Earnings earnings) {
            return new Summary(
                    earnings.balance(),
                    earnings.totalEarned(),
                    earnings.fromDirectChildren(),
                    earnings.fromIndirectReferrals(),
                    earnings.childCount(),
                    earnings.totalFromChildren(),
                    earnings.parentUserId());
        }
    }

    /** The totals. */
    public Future<Reply> summary(Request request) {
        return read(request, earnings -> Json.MAPPER.valueToTree(Summary.of(earnings)));
    }

    /** The totals and what came from each level. */
    public Future<Reply> multilevel(Request request) {
        return read(request, ReadEarnings::withLevels);
    }

    private static ObjectNode withLevels(Earnings earnings) {
        ObjectNode fields = Json.MAPPER.valueToTree(Summary.of(earnings));
        return fields.set("byLevel", Json.MAPPER.valueToTree(earnings.byLevel()));
    }

    private Future<Reply> read(Request request, Function<Earnings, ObjectNode> fields) {
        return store.find(Callers.member(request)).map(found -> found.map(fields)
                .map(ReadEarnings::answer)
                .orElseGet(() -> Reply.refuse(ErrorCode.UNAUTHENTICATED, "This account no longer exists")));
    }

    private static Reply answer(ObjectNode fields) {
        ObjectNode answer = Json.object();
        answer.set("earnings", fields);
        answer.setAll(fields);
        return Reply.ok(answer);
    }
}
