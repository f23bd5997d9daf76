package io.cloneplatform.common.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.metrics.Counts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waits for a database that is away is told so while its caller still listens. */
class GroupCommitTest {
    private static final long PATIENCE_MS = 1_500;
    private static final long SLOW_REFUSAL_MS = 120;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void saysThatTheDatabaseIsAwayBeforeTheDeadline() throws Exception {
        GroupCommit<Integer, String> writer = new GroupCommit<>(
                vertx,
                new Counts(new SimpleMeterRegistry()),
                "test",
                (batch, again) -> vertx.timer(SLOW_REFUSAL_MS)
                        .compose(waited -> Future.failedFuture(new ConnectException("refused"))),
                (item, answer) -> Future.succeededFuture(answer));
        long deadline = System.currentTimeMillis() + PATIENCE_MS;
        List<Future<String>> answers = IntStream.range(0, 20)
                .mapToObj(item -> writer.write(item, null, deadline + item))
                .toList();
        for (Future<String> answer : answers) {
            Future<Throwable> told = answer.map((Throwable) null).otherwise(fault -> fault);
            assertThat(told.await(2 * PATIENCE_MS, TimeUnit.MILLISECONDS)).isInstanceOf(ConnectException.class);
        }
        assertThat(System.currentTimeMillis()).isLessThan(deadline - 90);
    }

    @Test
    void anAttemptThatTakesLongKeepsNobodyFromBeingToldOfTheFaultBefore() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        GroupCommit<Integer, String> writer = new GroupCommit<>(
                vertx,
                new Counts(new SimpleMeterRegistry()),
                "test",
                (batch, again) -> attempts.getAndIncrement() == 0
                        ? Future.failedFuture(new ConnectException("refused"))
                        : vertx.timer(2 * PATIENCE_MS).mapEmpty(),
                (item, answer) -> Future.succeededFuture(answer));
        long deadline = System.currentTimeMillis() + PATIENCE_MS;
        Future<String> tried = writer.write(1, null, deadline);
        vertx.timer(2 * SLOW_REFUSAL_MS).await();
        Future<String> queued = writer.write(2, null, deadline);
        for (Future<String> answer : List.of(tried, queued)) {
            Future<Throwable> told = answer.map((Throwable) null).otherwise(fault -> fault);
            assertThat(told.await(PATIENCE_MS, TimeUnit.MILLISECONDS)).isInstanceOf(ConnectException.class);
        }
        assertThat(System.currentTimeMillis()).isLessThan(deadline - 90);
        assertThat(attempts).hasValue(2);
    }

    @Test
    void aStatementThatTookTooLongIsNotRepeatedForThoseWhoNoLongerWait() throws Exception {
        List<List<Integer>> written = new CopyOnWriteArrayList<>();
        Promise<Void> gate = Promise.promise();
        GroupCommit<Integer, String> writer = new GroupCommit<>(
                vertx,
                new Counts(new SimpleMeterRegistry()),
                "test",
                (batch, again) -> {
                    written.add(batch.stream().map(Waiting::item).toList());
                    if (batch.size() > 2) {
                        return vertx.timer(PATIENCE_MS - 2 * SLOW_REFUSAL_MS)
                                .compose(waited -> Future.failedFuture(cancelled()));
                    }
                    batch.forEach(waiting -> waiting.answer().complete("written"));
                    return gate.future();
                },
                (item, answer) -> Future.succeededFuture(answer));
        long patient = System.currentTimeMillis() + 10 * PATIENCE_MS;
        writer.write(-1, null, patient).await();
        long impatient = System.currentTimeMillis() + PATIENCE_MS;
        List<Future<String>> answers = IntStream.range(0, 20)
                .mapToObj(item -> writer.write(item, null, item % 10 == 0 ? patient : impatient))
                .toList();
        gate.complete();
        Future.join(answers).otherwiseEmpty().await(4 * PATIENCE_MS, TimeUnit.MILLISECONDS);
        for (int item = 0; item < answers.size(); item++) {
            if (item % 10 == 0) {
                assertThat(answers.get(item).result()).isEqualTo("written");
            } else {
                assertThat(answers.get(item).cause()).isInstanceOf(TooLate.class);
            }
        }
        assertThat(written).hasSize(4).startsWith(List.of(-1)).endsWith(List.of(0), List.of(10));
    }

    private static PgException cancelled() {
        return new PgException("canceling statement due to statement timeout", "ERROR", "57014", null);
    }
}
