package io.cloneplatform.common.password;

import static org.assertj.core.api.Assertions.assertThat;

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
}
