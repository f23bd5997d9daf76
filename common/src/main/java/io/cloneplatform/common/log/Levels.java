package io.cloneplatform.common.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * The levels of the platform's own loggers, which can be set while it runs. Those of libraries cannot: at their
 * lower levels some write down what passes through them, passwords included.
 */
public final class Levels {
    /** Every level a logger can have. */
    public static final List<String> NAMES = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

    /** The logger above all that can be set. */
    public static final String OWN = "io.cloneplatform";

    /** How many different loggers can be set before the next start: each takes memory until then. */
    public static final int MAX_SET = 100;

    private static final int MAX_NAME = 200;
    private static final Pattern NAME = Pattern.compile("io\\.cloneplatform(\\.[A-Za-z_$][A-Za-z0-9_$]*)*");

    private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Set<String> set = ConcurrentHashMap.newKeySet();

    /**
     * The level of a logger.
     *
     * @param level the level it was given, or null when it has that of the logger above
     * @param effectiveLevel the level it acts by
     */
    public record State(String level, String effectiveLevel) {
        private static State of(Logger logger) {
            return new State(
                    logger.getLevel() == null ? null : logger.getLevel().toString(),
                    logger.getEffectiveLevel().toString());
        }
    }

    /** The platform's loggers that there are so far, by name. */
    public Map<String, State> all() {
        Map<String, State> states = new TreeMap<>();
        loggers.getLoggerList().stream()
                .filter(logger -> NAME.matcher(logger.getName()).matches())
                .forEach(logger -> states.put(logger.getName(), State.of(logger)));
        return states;
    }

    /** Why a logger cannot be set, in a sentence; empty when it can. */
    public Optional<String> refusal(String name) {
        if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
            return Optional.of("Only loggers of the platform can be set: " + OWN + ", or a name below it of at most "
                    + MAX_NAME + " characters");
        }
        return set.size() >= MAX_SET && !set.contains(name)
                ? Optional.of(MAX_SET + " loggers were set since the start, which is as many as can be")
                : Optional.empty();
    }

    /**
     * Sets a level, or lets the logger have that of the logger above again.
     *
     * @param level one of {@link #NAMES}, or null
     */
    public State set(String name, String level) {
        set.add(name);
        Logger logger = loggers.getLogger(name);
        logger.setLevel(level == null ? null : Level.valueOf(level));
        return State.of(logger);
    }
}
