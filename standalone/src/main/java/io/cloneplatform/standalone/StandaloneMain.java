package io.cloneplatform.standalone;

import io.cloneplatform.common.config.ConfigException;
import io.cloneplatform.common.launch.Logging;
import io.cloneplatform.common.launch.StartException;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Runs the whole platform in one process until it is told to stop. */
public final class StandaloneMain {
    private StandaloneMain() {}

    /** Starts it with the settings of the environment. */
    public static void main(String[] args) {
        System.exit(run(System.getenv(), new Options(false, false), System.out, System.err));
    }

    /**
     * What a run is asked for besides the settings.
     *
     * @param demo whether to fill a new platform with members and their doings
     * @param stopWhenReady whether to stop again as soon as everything works
     */
    public record Options(boolean demo, boolean stopWhenReady) {}

    /**
     * Starts the platform and serves until the process is told to stop, which ends the process with 0; returns 1 when it
     * cannot start, with nothing left running.
     */
    public static int run(Map<String, String> environment, Options options, PrintStream out, PrintStream err) {
        try {
            Standalone standalone = new Standalone(environment, Services.all(), out);
            return serve(standalone, options, out, err);
        } catch (ConfigException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private static int serve(Standalone standalone, Options options, PrintStream out, PrintStream err) {
        AtomicReference<Outcome> outcome = new AtomicReference<>(Outcome.OPEN);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(standalone, outcome, out), "shutdown"));
        try {
            standalone.start(options.demo());
            if (options.stopWhenReady() && outcome.compareAndSet(Outcome.OPEN, Outcome.STOPPED)) {
                standalone.close();
                return 0;
            }
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            if (outcome.compareAndSet(Outcome.OPEN, Outcome.FAILED)) {
                standalone.close();
                err.println(sentence(e));
            }
        }
        return 1;
    }

    private static String sentence(Exception failure) {
        return failure instanceof StartException ? failure.getMessage() : "The platform cannot start: " + failure;
    }

    // A stop that was asked for is a success, whichever signal asked and whatever it interrupted.
    private static void stop(Standalone standalone, AtomicReference<Outcome> outcome, PrintStream out) {
        if (outcome.compareAndSet(Outcome.OPEN, Outcome.STOPPED)) {
            out.println("Stopping");
            standalone.close();
            Logging.end();
            out.println("Stopped");
            Runtime.getRuntime().halt(0);
        }
    }

    private enum Outcome {
        OPEN,
        FAILED,
        STOPPED
    }
}
