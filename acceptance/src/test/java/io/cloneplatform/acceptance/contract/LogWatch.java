package io.cloneplatform.acceptance.contract;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Reads the log while tests run: every error, and every event loop that worked or waited for longer than it may. */
final class LogWatch extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final Queue<String> blocked = new ConcurrentLinkedQueue<>();

    /** Begins to watch. */
    static LogWatch begin() {
        LogWatch watch = new LogWatch();
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

    /** Event loops that were blocked, and where. */
    List<String> blocked() {
        return List.copyOf(blocked);
    }

    @Override
    protected void append(ILoggingEvent event) {
        String text = event.getLoggerName() + " " + event.getFormattedMessage() + " "
                + ThrowableProxyUtil.asString(event.getThrowableProxy());
        if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            errors.add(text);
        } else if (event.getLoggerName().endsWith(".LoopWatch") && event.getLevel() == Level.WARN) {
            blocked.add(text);
        }
    }

    @Override
    public void close() {
        root().detachAppender(this);
    }
}
