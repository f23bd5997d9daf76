package io.cloneplatform.common.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.metrics.Counts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordHasherTest {
    private final Vertx vertx = Vertx.vertx();
    private final PasswordHasher hasher = new PasswordHasher(vertx, 1);

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void hashesWithOwaspsMinimumAndMatches() {
        String hash = hasher.hash("correct horse").await();
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(hasher.matches(hash, "correct horse").await()).isTrue();
        assertThat(hasher.matches(hash, "wrong horse").await()).isFalse();
    }

    @Test
    void nobodysPasswordNeverMatches() {
        assertThat(hasher.matches(null, "nobody has this password").await()).isFalse();
    }

    @Test
    void bothImplementationsReadEachOther() {
        String fromJava = PasswordHasher.JavaArgon2.hash("correct horse");
        assertThat(hasher.matches(fromJava, "correct horse").await()).isTrue();
        assertThat(PasswordHasher.JavaArgon2.matches(
                        hasher.hash("correct horse").await(), "correct horse"))
                .isTrue();
    }

    @Test
    void aFullQueueIsRefusedAtOnce() {
        List<Future<String>> hashes = IntStream.range(0, 100)
                .mapToObj(i -> hasher.hash("password " + i))
                .toList();
        Future.join(hashes).otherwiseEmpty().await();
        assertThat(hashes).filteredOn(Future::failed).isNotEmpty().allSatisfy(failed -> assertThat(failed.cause())
                .isInstanceOf(RejectedExecutionException.class));
        assertThat(hashes).filteredOn(Future::succeeded).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void whatWouldComeTooLateIsRefusedAtOnceAndTheRestComesInTime() {
        hasher.hash("to know what it costs").await();
        long deadline = System.currentTimeMillis() + 1_200;
        List<Future<String>> hashes = IntStream.range(0, 39)
                .mapToObj(i -> hasher.hash("password " + i, deadline))
                .toList();
        assertThat(hashes.stream().filter(Future::failed)).as("refused at once").isNotEmpty();
        Future.join(hashes).otherwiseEmpty().await();
        assertThat(System.currentTimeMillis()).isLessThan(deadline);
        assertThat(hashes).filteredOn(Future::succeeded).isNotEmpty();
    }

    @Test
    void whatIsLateIsNotBegun() {
        Future<String> late = hasher.hash("correct horse", System.currentTimeMillis() - 1);
        assertThat(late.map((Throwable) null).otherwise(fault -> fault).await())
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void countsWhatItRefusesAndWhatWaits() {
        MeterRegistry metrics = new SimpleMeterRegistry();
        PasswordHasher watched = new PasswordHasher(vertx, 1, new Counts(metrics));
        List<Future<String>> hashes = IntStream.range(0, 50)
                .mapToObj(i -> watched.hash("password " + i))
                .toList();
        assertThat(metrics.get("clone.password.queue.length").gauge().value()).isGreaterThan(1);
        Future.join(hashes).otherwiseEmpty().await();
        assertThat((long) metrics.get("clone.password.shed").counter().count())
                .isEqualTo(hashes.stream().filter(Future::failed).count());
        assertThat(metrics.get("clone.password.queue.length").gauge().value()).isZero();
    }
}
