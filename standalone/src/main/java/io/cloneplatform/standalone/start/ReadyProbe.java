package io.cloneplatform.standalone.start;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** Asks the platform over HTTP, as its users will, until it says that it can serve. */
public final class ReadyProbe {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long PAUSE_MS = 100;
    private static final int ANSWER_LIMIT_MS = 2_000;

    private ReadyProbe() {}

    /** True when it answers 200 within a quarter of a minute. Blocks, so only for start-up. */
    public static boolean await(URI health) throws InterruptedException {
        long giveUpAt = System.nanoTime() + LIMIT_NANOS;
        while (!answers(health)) {
            if (System.nanoTime() - giveUpAt > 0) {
                return false;
            }
            Thread.sleep(PAUSE_MS);
        }
        return true;
    }

    private static boolean answers(URI health) {
        try {
            HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
            connection.setConnectTimeout(ANSWER_LIMIT_MS);
            connection.setReadTimeout(ANSWER_LIMIT_MS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
