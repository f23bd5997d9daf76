package io.cloneplatform.acceptance.contract;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * Reads the log while tests run: every error, and every event loop that Vert.x reports as blocked. On a busy machine an
 * event loop is also late when it gets no processor; it is at fault only when it worked or waited itself for that long.
 */
final class EventLoopWatch extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final Pattern BLOCKED = Pattern.compile("Thread (\\S+) has been blocked for (\\d+) ms");
    private static final long LIMIT_MS = 50;
    private static final long PERIOD_MS = 20;
    private static final int REMEMBERED = 500;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Map<Long, Deque<Sample>> history = new HashMap<>();
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final Queue<String> blocked = new ConcurrentLinkedQueue<>();
    private final Timer clock = new Timer("event-loop-watch", true);

    /** How much processor time a thread had used at a moment, and whether it was waiting for something then. */
    private record Sample(String thread, long atMs, long cpuMs, boolean waiting) {}

    /** Begins to watch. */
    static EventLoopWatch begin() {
        EventLoopWatch watch = new EventLoopWatch();
        TimerTask sampling = new TimerTask() {
            @Override
            public void run() {
                watch.sample();
            }
        };
        watch.clock.schedule(sampling, 0, PERIOD_MS);
        watch.start();
        root().addAppender(watch);
        return watch;
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    /** Lines that were logged as errors. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    /** Event loops that worked or waited for longer than they may, and where. */
    List<String> blocked() {
        return List.copyOf(blocked);
    }

    private synchronized void sample() {
        long now = System.currentTimeMillis();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("vert.x-eventloop-thread")) {
                Deque<Sample> samples = history.computeIfAbsent(thread.getThreadId(), id -> new ArrayDeque<>());
                samples.addLast(new Sample(
                        thread.getThreadName(),
                        now,
                        threads.getThreadCpuTime(thread.getThreadId()) / 1_000_000,
                        thread.getThreadState() != Thread.State.RUNNABLE));
                if (samples.size() > REMEMBERED) {
                    samples.removeFirst();
                }
            }
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            String cause = event.getThrowableProxy() == null
                    ? ""
                    : " " + event.getThrowableProxy().getMessage();
            errors.add(event.getLoggerName() + " " + event.getFormattedMessage() + cause);
        }
        Matcher matcher = BLOCKED.matcher(event.getFormattedMessage());
        if (event.getLoggerName().endsWith("BlockedThreadChecker") && matcher.find()) {
            judge(matcher.group(1), Long.parseLong(matcher.group(2)));
        }
    }

    // Another platform in this JVM has event loops of the same names: the busiest one is meant.
    private synchronized void judge(String name, long blockedMs) {
        sample();
        long since = System.currentTimeMillis() - blockedMs;
        for (Map.Entry<Long, Deque<Sample>> entry : history.entrySet()) {
            Deque<Sample> samples = entry.getValue();
            List<Sample> during = samples.stream()
                    .filter(sample -> sample.thread().equals(name) && sample.atMs() >= since)
                    .toList();
            if (during.size() > 1) {
                long worked =
                        during.get(during.size() - 1).cpuMs() - during.get(0).cpuMs();
                long waited = during.stream().filter(Sample::waiting).count() * PERIOD_MS;
                if (worked > LIMIT_MS || waited > LIMIT_MS) {
                    blocked.add(name + " late by " + blockedMs + " ms, worked " + worked + " ms, waited " + waited
                            + " ms at " + place(entry.getKey()));
                }
            }
        }
    }

    private String place(long threadId) {
        ThreadInfo thread = threads.getThreadInfo(threadId, 60);
        return thread == null
                ? ""
                : Arrays.stream(thread.getStackTrace())
                        .map(StackTraceElement::toString)
                        .filter(frame -> !frame.startsWith("java.base") && !frame.startsWith("io.netty"))
                        .limit(8)
                        .collect(Collectors.joining(" < "));
    }

    @Override
    public void close() {
        root().detachAppender(this);
        clock.cancel();
    }
}
