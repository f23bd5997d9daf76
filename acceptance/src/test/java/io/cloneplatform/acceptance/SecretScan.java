package io.cloneplatform.acceptance;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * Looks for secrets in every answer, every line that a process writes and every line that is logged, in whatever test they
 * come. What it finds fails the test that makes the next call, so that no test has to ask for it.
 */
public final class SecretScan {
    private static final Map<String, Pattern> SHAPES = Map.of(
            "a signed token", Pattern.compile("eyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]{43,}"),
            "a refresh token", Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.[\\w-]{40,}"),
            "a hash of a password", Pattern.compile("\\$argon2(?:id?|d)\\$"),
            "a private key", Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY"),
            "a password in an address", Pattern.compile("\\w+://[^\\s:/@\"]+:[^\\s@/\"*]+@"));

    /** Answers that are there to hand out tokens. */
    private static final Set<String> HANDING_OUT =
            Set.of("/signup", "/signin", "/refresh", "/admin-login", "/admin/signin");

    private static final Pattern REQUEST_ID = Pattern.compile("\"requestId\":\"[^\"]*\"");

    private static final Set<String> PLANTED = ConcurrentHashMap.newKeySet();
    private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();
    private static final AtomicLong TEXTS = new AtomicLong();
    private static final Appender APPENDER = new Appender();

    private SecretScan() {}

    /** From now on this must not be seen anywhere. */
    public static void plant(String... secrets) {
        for (String secret : secrets) {
            if (secret.length() < 8) {
                throw new IllegalArgumentException("too short to be told from other text");
            }
            PLANTED.add(secret);
        }
        APPENDER.attach();
    }

    /** How many texts were looked at. */
    public static long texts() {
        return TEXTS.get();
    }

    /** Looks at an answer. What anything found until now fails this call. */
    public static void answer(String path, Map<String, List<String>> headers, String body) {
        String route = path.replaceFirst("[?#].*", "").replaceFirst("/$", "");
        boolean handsOut = HANDING_OUT.stream().anyMatch(route::endsWith);
        boolean document =
                route.endsWith("/openapi.yaml") || route.endsWith("/openapi.json") || route.endsWith("/docs");
        if (!document) {
            look("the answer of " + route, withoutEcho(body, route), handsOut);
        }
        headers.forEach((name, values) -> {
            if (!name.equalsIgnoreCase("x-request-id")) {
                look("the headers of " + route, name + values, false);
            }
        });
        complain();
    }

    // A refusal names the path and the request by the names that the client gave them.
    private static String withoutEcho(String body, String route) {
        String unnamed = REQUEST_ID.matcher(body).replaceAll("");
        return route.length() < 2 ? unnamed : unnamed.replace("\"instance\":\"" + route, "\"instance\":\"");
    }

    /** Looks at a line that a process wrote, or at anything else that people get to see. */
    public static void line(String where, String text) {
        look(where, text, false);
    }

    private static void look(String where, String text, boolean handsOutTokens) {
        TEXTS.incrementAndGet();
        SHAPES.forEach((what, shape) -> {
            if (!(handsOutTokens && what.endsWith("token"))
                    && shape.matcher(text).find()) {
                FOUND.add(what + " in " + where);
            }
        });
        for (String secret : PLANTED) {
            if (text.contains(secret)) {
                FOUND.add("what was planted as " + secret.substring(0, 4) + "… in " + where);
            }
        }
    }

    /** Fails when anything was found since it was last asked. */
    public static void complain() {
        String first = FOUND.poll();
        if (first != null) {
            throw new AssertionError("a secret was shown: " + first);
        }
    }

    private static final class Appender extends AppenderBase<ILoggingEvent> {
        private synchronized void attach() {
            if (!isStarted() && LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
                start();
                root.addAppender(this);
            }
        }

        @Override
        protected void append(ILoggingEvent event) {
            line(
                    "the log of " + event.getLoggerName(),
                    event.getFormattedMessage()
                            + event.getMDCPropertyMap()
                            + ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
    }
}
