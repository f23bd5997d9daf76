package io.cloneplatform.common.launch;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** Chooses the log format; must run before the first logger is made. */
public final class Logging {
    private Logging() {}

    /** Text for people on a terminal, or one JSON object per line for machines. */
    public static void configure(String format) {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "logback-" + format + ".xml");
        }
        // Hazelcast's first loggers are made before it reads its configuration.
        System.setProperty("hazelcast.logging.type", "slf4j");
    }

    /** Writes what still waits to be written; the last thing that a process does. */
    public static void end() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers) {
            loggers.stop();
        }
    }
}
