package io.cloneplatform.common.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Everything that can be configured, read once from the environment.
 *
 * @param httpPort the gateway's port
 * @param httpHost the address the gateway binds
 * @param managementPort port of health and metrics
 * @param dataDir where the embedded database lives
 * @param databaseUrl the server to use; empty for the embedded one
 * @param databasePort port of the embedded database
 * @param databasePoolSize database connections of this process
 * @param adminKey the configured admin key, if any
 * @param production whether the production profile applies
 * @param secondFactorRequired whether every admin needs a second factor
 * @param signingKeyDays after how many days another key signs access tokens
 * @param logFormat {@code text} or {@code json}
 * @param tracing where traces go
 * @param cluster how processes find each other
 * @param rules the business rules
 * @param basePaths paths under which every route is served, besides the root
 * @param corsOrigins origins that browsers may call from
 * @param limits how much callers may ask
 * @param tls the gateway's certificate; empty where it speaks plain HTTP
 * @param stopNoticeMs how long a process that is about to stop still takes work, so that everybody can hear of it
 * @param requestTimeoutMs time from a request's arrival to its answer at the latest
 */
public record PlatformConfig(
        int httpPort,
        String httpHost,
        int managementPort,
        Path dataDir,
        Optional<DatabaseConfig> databaseUrl,
        int databasePort,
        int databasePoolSize,
        Optional<Secret> adminKey,
        boolean production,
        boolean secondFactorRequired,
        int signingKeyDays,
        String logFormat,
        TraceConfig tracing,
        ClusterConfig cluster,
        MoneyRules rules,
        List<String> basePaths,
        List<String> corsOrigins,
        LimitsConfig limits,
        Optional<TlsFiles> tls,
        long requestTimeoutMs,
        long stopNoticeMs) {

    /** The base path of the hosted predecessor. */
    public static final String PREDECESSOR_BASE_PATH = "/functions/v1/make-server-44a642d3";

    // It travels in a header.
    private static final Pattern ADMIN_KEY = Pattern.compile("[\\x21-\\x7E]{16,}");

    // What browsers send as Origin: never a path, not even a slash.
    private static final Pattern ORIGIN = Pattern.compile("\\*|[a-zA-Z][a-zA-Z0-9+.-]*://[^/\\s]+");

    /**
     * Reads the environment.
     *
     * @throws ConfigException naming every problem
     */
    public static PlatformConfig read(Map<String, String> environment) {
        return read(new Env(environment));
    }

    /**
     * Reads the environment of a process that brings no database of its own: {@code DATABASE_URL} is required.
     *
     * @throws ConfigException naming every problem
     */
    public static PlatformConfig readForService(Map<String, String> environment) {
        Env env = new Env(environment);
        if (env.text("DATABASE_URL").or(() -> env.text("DATABASE_URL_FILE")).isEmpty()) {
            env.problem("DATABASE_URL", "is required");
        }
        return read(env);
    }

    private static PlatformConfig read(Env env) {
        boolean production =
                env.oneOf("PROFILE", "default", "default", "production").equals("production");
        PlatformConfig config = new PlatformConfig(
                env.port("HTTP_PORT", 8080),
                env.text("HTTP_HOST", "127.0.0.1"),
                env.port("MANAGEMENT_PORT", 9000),
                env.path("DATA_DIR").orElse(Path.of("data")),
                env.secret("DATABASE_URL").map(url -> DatabaseConfig.read(env, url)),
                env.port("DATABASE_PORT", 5433),
                (int) env.number("DATABASE_POOL_SIZE", 10, 1, 200),
                env.secret("ADMIN_KEY"),
                production,
                secondFactorRequired(env),
                (int) env.number("SIGNING_KEY_DAYS", 90, 1, 3_650),
                env.oneOf("LOG_FORMAT", "text", "text", "json"),
                TraceConfig.read(env),
                ClusterConfig.read(env),
                MoneyRules.read(env),
                env.list("BASE_PATHS", List.of(PREDECESSOR_BASE_PATH)),
                env.list("CORS_ORIGINS", List.of("*")),
                LimitsConfig.read(env, production),
                TlsFiles.read(env),
                env.number("REQUEST_TIMEOUT_MS", 2_500, 100, 60_000),
                env.number("STOP_NOTICE_MS", env.text("CLUSTER", "off").equals("off") ? 0 : 1_000, 0, 10_000));
        config.crossCheck(env);
        env.check();
        return config;
    }

    private static boolean secondFactorRequired(Env env) {
        String orElse = env.text("PROFILE", "default").equals("production") ? "required" : "optional";
        return env.oneOf("ADMIN_SECOND_FACTOR", orElse, "optional", "required").equals("required");
    }

    private void crossCheck(Env env) {
        if (adminKey.filter(key -> !ADMIN_KEY.matcher(key.value()).matches()).isPresent()) {
            env.problem("ADMIN_KEY", "needs at least 16 characters, all of them visible ASCII without spaces");
        }
        for (String network : limits.trustedProxies()) {
            if (!Network.isOne(network)) {
                env.problem("TRUSTED_PROXIES", "'" + network + "' is no network; expected such as 10.0.0.0/8");
            }
        }
        for (String origin : corsOrigins) {
            if (!ORIGIN.matcher(origin).matches()) {
                env.problem("CORS_ORIGINS", "'" + origin + "' is no origin; expected * or https://host[:port]");
            }
        }
        for (String path : basePaths) {
            if (!path.startsWith("/") || path.endsWith("/")) {
                env.problem("BASE_PATHS", "'" + path + "' must start with a slash and not end with one");
            }
        }
    }

    /** The database to use; only after the embedded one has been started where none is configured. */
    public DatabaseConfig database() {
        return databaseUrl.orElseThrow(() -> new ConfigException(List.of("DATABASE_URL: is required")));
    }

    /** The same configuration on another database. */
    public PlatformConfig withDatabase(String url) {
        return new PlatformConfig(
                httpPort,
                httpHost,
                managementPort,
                dataDir,
                Optional.of(new DatabaseConfig(new Secret(url), databasePoolSize)),
                databasePort,
                databasePoolSize,
                adminKey,
                production,
                secondFactorRequired,
                signingKeyDays,
                logFormat,
                tracing,
                cluster,
                rules,
                basePaths,
                corsOrigins,
                limits,
                tls,
                requestTimeoutMs,
                stopNoticeMs);
    }
}
