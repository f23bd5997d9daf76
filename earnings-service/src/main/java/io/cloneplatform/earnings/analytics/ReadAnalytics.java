package io.cloneplatform.earnings.analytics;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.earnings.analytics.Months.History;
import io.cloneplatform.earnings.analytics.Months.Month;
import io.cloneplatform.earnings.member.Callers;
import io.cloneplatform.earnings.summary.Earnings;
import io.cloneplatform.earnings.summary.EarningsStore;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A member reads the own earnings over time. */
public final class ReadAnalytics {
    private final EarningsStore earnings;
    private final Months months;

    public ReadAnalytics(EarningsStore earnings, Months months) {
        this.earnings = earnings;
        this.months = months;
    }

    private record Point(String month, Money earned) {}

    private record Trend(
            Money balance,
            Money totalEarned,
            Money fromDirectChildren,
            Money fromIndirectReferrals,
            Money averageMonthlyEarnings,
            List<Point> trend,
            Earnings.ByLevel levelBreakdown) {}

    // Old clients look for the fields in "analytics", others at the top level: they stand in both places.
    private record Answer(Trend analytics, @JsonUnwrapped Trend fields) {}

    private record Report(List<Month> monthlyReport, Month currentMonth) {}

    /** Totals, the average month, and a trend with the oldest month first. */
    public Future<Reply> trend(Request request) {
        UUID member = Callers.member(request);
        Future<Optional<History>> history = months.lastTwelve(member);
        return earnings.find(member)
                .compose(found ->
                        history.map(known -> found.flatMap(sums -> known.map(past -> answer(trend(sums, past))))
                                .orElseGet(ReadAnalytics::nobody)));
    }

    private static Reply answer(Trend trend) {
        return Reply.ok(new Answer(trend, trend));
    }

    private static Reply nobody() {
        return Reply.refuse(ErrorCode.UNAUTHENTICATED, "This account no longer exists");
    }

    private static Trend trend(Earnings earnings, History history) {
        return new Trend(
                earnings.balance(),
                earnings.totalEarned(),
                earnings.fromDirectChildren(),
                earnings.fromIndirectReferrals(),
                average(history.joined(), history.twelve()),
                history.twelve().stream()
                        .map(month -> new Point(month.month(), month.earned()))
                        .toList(),
                earnings.byLevel());
    }

    // A member who joined in March and asks in May has had three months, twelve at most.
    static Money average(LocalDate joined, List<Month> twelve) {
        YearMonth current = YearMonth.parse(twelve.get(twelve.size() - 1).month());
        long sinceJoining = ChronoUnit.MONTHS.between(YearMonth.from(joined), current) + 1;
        long counted = Math.max(1, Math.min(sinceJoining, twelve.size()));
        long sum = twelve.stream().mapToLong(month -> month.earned().minor()).sum();
        return new Money(BigDecimal.valueOf(sum)
                .divide(BigDecimal.valueOf(counted), RoundingMode.HALF_UP)
                .longValueExact());
    }

    /** Twelve months with the newest first, and the current one again. */
    public Future<Reply> monthlyReport(Request request) {
        return months.lastTwelve(Callers.member(request))
                .map(history -> history.map(past -> Reply.ok(report(past))).orElseGet(ReadAnalytics::nobody));
    }

    private static Report report(History history) {
        List<Month> newestFirst = new ArrayList<>(history.twelve());
        Collections.reverse(newestFirst);
        return new Report(newestFirst, newestFirst.get(0));
    }
}
