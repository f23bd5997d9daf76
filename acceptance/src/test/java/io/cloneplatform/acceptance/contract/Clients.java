package io.cloneplatform.acceptance.contract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Several clients at work at once. */
final class Clients {
    private Clients() {}

    /** Does the work with so many clients, and returns the results in the order of the input. */
    static <T, R> List<R> share(int clients, Collection<T> input, Function<T, R> work) {
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        try {
            List<Future<R>> running = new ArrayList<>();
            input.forEach(one -> running.add(pool.submit(() -> work.apply(one))));
            List<R> results = new ArrayList<>();
            for (Future<R> one : running) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            pool.shutdownNow();
        }
    }
}
