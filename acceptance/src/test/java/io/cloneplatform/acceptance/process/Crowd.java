package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Busy members at work at the same time, all invited by the first of them, so that they meet at one account. */
final class Crowd implements AutoCloseable {
    private static final Duration FINISH_LIMIT = Duration.ofSeconds(70);

    private final List<BusyMember> members = new ArrayList<>();
    private final List<Future<?>> work = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    Crowd(Api api, String name, int size) {
        for (int i = 0; i < size; i++) {
            Member parent = members.isEmpty() ? null : members.get(0).member();
            members.add(new BusyMember(Member.signUp(api, name + "-" + i, parent)));
        }
    }

    void start() {
        members.forEach(member -> work.add(threads.submit(member::work)));
    }

    /** Waits until every member has had so many more requests acknowledged. */
    void awaitProgress(int each, Duration limit) {
        List<Integer> goals =
                members.stream().map(member -> member.acknowledged() + each).toList();
        Waiting.until(limit, () -> "too few acknowledged: " + this, () -> {
            work.forEach(Crowd::requireSound);
            for (int i = 0; i < goals.size(); i++) {
                if (members.get(i).acknowledged() < goals.get(i)) {
                    return false;
                }
            }
            return true;
        });
    }

    private static void requireSound(Future<?> one) {
        if (one.isDone()) {
            result(one);
        }
    }

    /** Lets everybody finish what is under way. */
    void finish() {
        members.forEach(BusyMember::finish);
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
        return members.stream().mapToInt(BusyMember::acknowledged).sum();
    }

    /** How often a request had to be sent again, by what made that necessary. */
    Map<String, Integer> retries() {
        Map<String, Integer> all = new TreeMap<>();
        members.forEach(member -> member.retries().forEach((why, count) -> all.merge(why, count, Integer::sum)));
        return all;
    }

    /** Every effect of every member took place exactly once; the admin's check of the books agrees. */
    void verify(Api admin) {
        int below = members.stream().skip(1).mapToInt(BusyMember::submissions).sum();
        members.get(0).verify(BusyMember.PARENT_SHARE.multiply(BigDecimal.valueOf(below)));
        members.stream().skip(1).forEach(member -> member.verify(BigDecimal.ZERO));
        members.forEach(member -> member.repeat(5));
        Answer books = admin.get("/admin/ledger/verify").ok();
        assertThat(books.at("/balanced").asBoolean())
                .as("balanced in %s", books)
                .isTrue();
    }

    @Override
    public void close() {
        members.forEach(BusyMember::finish);
        threads.shutdownNow();
    }

    @Override
    public String toString() {
        return acknowledged() + " requests acknowledged, sent again: " + retries();
    }
}
