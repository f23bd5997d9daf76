package io.cloneplatform.common.password;

import de.mkammerer.argon2.Argon2;
import de.mkammerer.argon2.Argon2Factory;
import io.cloneplatform.common.metrics.Counts;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hashes and checks passwords with Argon2id at OWASP's minimum (19 MiB, 2 passes, 1 lane) on a small pool of its own. What
 * would not be done before its deadline fails at once with {@link RejectedExecutionException}, which is answered as 503:
 * hashing must not starve everything else.
 */
public final class PasswordHasher {
    private static final Logger LOG = LoggerFactory.getLogger(PasswordHasher.class);
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final long NO_DEADLINE = Long.MAX_VALUE;

    private final Argon2 argon2 = nativeOrNull();
    private final String hashOfNobody;
    private final HashingQueue queue;

    /** A hasher with as many threads as given, which nobody watches. */
    public PasswordHasher(Vertx vertx, int threads) {
        this(vertx, threads, new Counts(new CompositeMeterRegistry()));
    }

    /**
     * A hasher with as many threads as given.
     *
     * @param metrics gets {@code clone.password.queue.length} and {@code clone.password.shed}
     */
    public PasswordHasher(Vertx vertx, int threads, Counts metrics) {
        this.hashOfNobody = hashNow("nobody has this password");
        // Not the first one, which also loads the library.
        long start = System.nanoTime();
        matchesNow(hashOfNobody, "nobody has this password");
        this.queue = new HashingQueue(vertx, threads, System.nanoTime() - start, metrics);
    }

    /** The encoded hash of a password, for commands that can wait. */
    public Future<String> hash(String password) {
        return hash(password, NO_DEADLINE);
    }

    /**
     * The encoded hash of a password.
     *
     * @param deadlineMs when nobody waits for it any more, in milliseconds since the epoch
     */
    public Future<String> hash(String password, long deadlineMs) {
        return queue.submit(() -> hashNow(password), deadlineMs);
    }

    /** Whether the password matches, for commands that can wait. */
    public Future<Boolean> matches(String hashOrNull, String password) {
        return matches(hashOrNull, password, NO_DEADLINE);
    }

    /**
     * Whether the password matches; an absent hash takes the same time and never matches.
     *
     * @param deadlineMs when nobody waits for it any more, in milliseconds since the epoch
     */
    public Future<Boolean> matches(String hashOrNull, String password, long deadlineMs) {
        String hash = hashOrNull == null ? hashOfNobody : hashOrNull;
        return queue.submit(() -> matchesNow(hash, password), deadlineMs).map(match -> match && hashOrNull != null);
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
