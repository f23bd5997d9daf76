package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.acceptance.ledger.Books;
import io.cloneplatform.acceptance.ledger.Journal;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Busy members at work at the same time, all invited by the first of them, so that they meet at one account, and perhaps an
 * admin who decides about their withdrawals.
 */
final class Crowd implements AutoCloseable {
    private static final Duration FINISH_LIMIT = Duration.ofSeconds(70);

    private final List<BusyMember> members = new ArrayList<>();
    private final List<BusyReviewer> reviewers = new ArrayList<>();
    private final List<Future<?>> work = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    Crowd(Api api, String name, int size) {
        for (int i = 0; i < size; i++) {
            Member parent = members.isEmpty() ? null : members.get(0).member();
            members.add(new BusyMember(Member.signUp(api, name + "-" + i, parent)));
        }
    }

    /** The same crowd, with an admin at work too. */
    Crowd reviewedBy(Api admin) {
        reviewers.add(new BusyReviewer(admin));
        return this;
    }

    void start() {
        members.forEach(member -> work.add(threads.submit(member::work)));
        reviewers.forEach(reviewer -> work.add(threads.submit(reviewer::work)));
    }

    /** Waits until every member has had so many more requests acknowledged, and the admin one. */
    void awaitProgress(int each, Duration limit) {
        List<Integer> goals = new ArrayList<>();
        members.forEach(member -> goals.add(member.acknowledged() + each));
        reviewers.forEach(reviewer -> goals.add(reviewer.decisions().size() + 1));
        Waiting.until(limit, () -> "too few acknowledged: " + this + " of " + goals, () -> {
            work.forEach(Crowd::requireSound);
            List<Integer> reached = progress();
            return IntStream.range(0, goals.size()).allMatch(i -> reached.get(i) >= goals.get(i));
        });
    }

    private List<Integer> progress() {
        List<Integer> acknowledged = new ArrayList<>();
        members.forEach(member -> acknowledged.add(member.acknowledged()));
        reviewers.forEach(reviewer -> acknowledged.add(reviewer.decisions().size()));
        return acknowledged;
    }

    private static void requireSound(Future<?> one) {
        if (one.isDone()) {
            result(one);
        }
    }

    /** Lets everybody finish what is under way. */
    void finish() {
        members.forEach(BusyMember::finish);
        reviewers.forEach(BusyReviewer::finish);
        work.forEach(Crowd::result);
    }

    private static void result(Future<?> one) {
        try {
            one.get(FINISH_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(
                    "A client met what it must not meet: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("A client does not finish", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    int acknowledged() {
        return progress().stream().mapToInt(Integer::intValue).sum();
    }

    /** Somebody's token to ask with. */
    Member anyone() {
        return members.get(0).member();
    }

    /** How often a request had to be sent again, by what made that necessary. */
    Map<String, Integer> retries() {
        Map<String, Integer> all = new TreeMap<>();
        Stream.concat(
                        members.stream().map(BusyMember::retries),
                        reviewers.stream().map(BusyReviewer::retries))
                .forEach(retries -> retries.forEach((why, count) -> all.merge(why, count, Integer::sum)));
        return all;
    }

    /** Every effect of every member took place exactly once; the admin's check of the books agrees. */
    void verify(Api admin) {
        int below = members.stream().skip(1).mapToInt(BusyMember::submissions).sum();
        BigDecimal commissions = BusyMember.PARENT_SHARE.multiply(BigDecimal.valueOf(below));
        Map<String, String> decisions = decisions();
        members.get(0).verify(commissions, decisions);
        members.stream().skip(1).forEach(member -> member.verify(BigDecimal.ZERO, decisions));
        members.forEach(member -> member.repeat(5));
        reviewers.forEach(reviewer -> reviewer.repeat(5));
        Answer books = admin.get("/admin/ledger/verify").ok();
        assertThat(books.at("/balanced").asBoolean())
                .as("balanced in %s", books)
                .isTrue();
    }

    private Map<String, String> decisions() {
        Map<String, String> all = new TreeMap<>();
        reviewers.forEach(reviewer -> all.putAll(reviewer.decisions()));
        return all;
    }

    /** What was acknowledged is in the journal once each, and nothing else is, when the crowd was alone with it. */
    void verify(Journal journal) {
        assertThat(journal.references("submission", "posted"))
                .containsExactlyInAnyOrderElementsOf(ids("/submit-product"));
        assertThat(journal.references("withdrawal", "pending"))
                .containsExactlyInAnyOrderElementsOf(ids("/withdrawals"));
        Map<String, String> decisions = decisions();
        Map.of("post", "approved", "void", "denied")
                .forEach((phase, status) -> assertThat(journal.references("withdrawal", phase))
                        .containsExactlyInAnyOrderElementsOf(decisions.keySet().stream()
                                .filter(id -> decisions.get(id).equals(status))
                                .toList()));
        assertThat(journal.brokenEntries()).isZero();
        Books.read(journal).requireSound();
    }

    private List<String> ids(String path) {
        return members.stream().flatMap(member -> member.ids(path).stream()).toList();
    }

    @Override
    public void close() {
        members.forEach(BusyMember::finish);
        reviewers.forEach(BusyReviewer::finish);
        threads.shutdownNow();
    }

    @Override
    public String toString() {
        return acknowledged() + " requests acknowledged, sent again: " + retries();
    }
}
