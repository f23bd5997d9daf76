package io.cloneplatform.common.config;

import io.vertx.pgclient.PgConnectOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where PostgreSQL is and how much of it one process may use.
 *
 * @param url {@code postgresql://user:password@host:port/database}
 * @param poolSize connections of this process
 */
public record DatabaseConfig(Secret url, int poolSize) {
    private static final Pattern USER_ALONE = Pattern.compile("([^:]+://[^:@/]+)(@.*)");

    /** The same database for JDBC, without credentials. */
    public String jdbcUrl() {
        URI uri = URI.create(url.value());
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        int port = uri.getPort() < 0 ? 5432 : uri.getPort();
        return "jdbc:postgresql://" + uri.getHost() + ":" + port + uri.getPath() + query;
    }

    /** The user of the URL. */
    public String user() {
        return credentials()[0];
    }

    /** The password of the URL. */
    public Secret password() {
        String[] parts = credentials();
        return new Secret(parts.length > 1 ? parts[1] : "");
    }

    private String[] credentials() {
        String info = URI.create(url.value()).getUserInfo();
        return (info == null ? "postgres" : info).split(":", 2);
    }

    static DatabaseConfig read(Env env, Secret configured) {
        Secret url = env.secret("DATABASE_PASSWORD")
                .map(password -> withPassword(env, configured, password))
                .orElse(configured);
        try {
            URI uri = URI.create(url.value());
            boolean known = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
            if (!known
                    || uri.getHost() == null
                    || uri.getPath() == null
                    || uri.getPath().length() < 2) {
                throw new IllegalArgumentException();
            }
            // The client's own opinion, such as about the port or a parameter.
            PgConnectOptions.fromUri(url.value());
        } catch (IllegalArgumentException e) {
            env.problem("DATABASE_URL", "expected postgresql://user:password@host:port/database");
        }
        return new DatabaseConfig(url, (int) env.number("DATABASE_POOL_SIZE", 10, 1, 200));
    }

    // A password kept apart may have any character; in the URL it is escaped.
    private static Secret withPassword(Env env, Secret url, Secret password) {
        Matcher parts = USER_ALONE.matcher(url.value());
        if (!parts.matches()) {
            env.problem("DATABASE_PASSWORD", "needs a DATABASE_URL with a user and no password of its own");
            return url;
        }
        String escaped =
                URLEncoder.encode(password.value(), StandardCharsets.UTF_8).replace("+", "%20");
        return new Secret(parts.group(1) + ":" + escaped + parts.group(2));
    }
}
