package io.cloneplatform.common.password;

import de.mkammerer.argon2.Argon2;
import de.mkammerer.argon2.Argon2Factory;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hashes and checks passwords with Argon2id at OWASP's minimum (19 MiB, 2 passes, 1 lane) on a small pool of its own. A
 * full queue fails at once with {@link RejectedExecutionException}, which is answered as 503: hashing must not starve
 * everything else.
 */
public final class PasswordHasher {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordHasher.class);
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int QUEUE_PER_THREAD = 40;

    private final WorkerExecutor executor;
    private final int capacity;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Argon2 argon2 = nativeOrNull();
    private final String hashOfNobody;

    /** A hasher with as many threads as given. */
    public PasswordHasher(Vertx vertx, int threads) {
        this.executor = vertx.createSharedWorkerExecutor("password-hashing", threads);
        this.capacity = threads * QUEUE_PER_THREAD;
        this.hashOfNobody = hashNow("nobody has this password");
    }

    /** The encoded hash of a password. */
    public Future<String> hash(String password) {
        return submit(() -> hashNow(password));
    }

    /** Whether the password matches; an absent hash takes the same time and never matches. */
    public Future<Boolean> matches(String hashOrNull, String password) {
        String hash = hashOrNull == null ? hashOfNobody : hashOrNull;
        return submit(() -> matchesNow(hash, password)).map(match -> match && hashOrNull != null);
    }

    private <T> Future<T> submit(Callable<T> work) {
        if (waiting.incrementAndGet() > capacity) {
            waiting.decrementAndGet();
            return Future.failedFuture(new RejectedExecutionException("password hashing is at capacity"));
        }
        return executor.executeBlocking(work, false).onComplete(done -> waiting.decrementAndGet());
    }

    private String hashNow(String password) {
        char[] chars = password.toCharArray();
        return argon2 == null ? JavaArgon2.hash(password) : argon2.hash(PASSES, MEMORY_KIB, LANES, chars);
    }

    private boolean matchesNow(String hash, String password) {
        char[] chars = password.toCharArray();
        return argon2 == null ? JavaArgon2.matches(hash, password) : argon2.verify(hash, chars);
    }

    private static Argon2 nativeOrNull() {
        try {
            Argon2 argon2 = Argon2Factory.create(Argon2Factory.Argon2Types.ARGON2id);
            argon2.hash(1, 8, 1, "probe".toCharArray());
            return argon2;
        } catch (LinkageError e) {
            LOG.warn("The native Argon2 library cannot be loaded here; hashing passwords in Java at half the speed");
            return null;
        }
    }

    /** The same parameters and encoding in pure Java, for machines where native code cannot be loaded. */
    static final class JavaArgon2 {
        private static final com.password4j.Argon2Function FUNCTION = com.password4j.Argon2Function.getInstance(
                MEMORY_KIB, PASSES, LANES, 32, com.password4j.types.Argon2.ID);

        private JavaArgon2() {}

        static String hash(String password) {
            return com.password4j.Password.hash(password)
                    .addRandomSalt(16)
                    .with(FUNCTION)
                    .getResult();
        }

        static boolean matches(String hash, String password) {
            return com.password4j.Password.check(password, hash)
                    .with(com.password4j.Argon2Function.getInstanceFromHash(hash));
        }
    }
}
