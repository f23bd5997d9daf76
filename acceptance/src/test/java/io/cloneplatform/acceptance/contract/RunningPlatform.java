package io.cloneplatform.acceptance.contract;

import io.cloneplatform.acceptance.SecretScan;
import io.cloneplatform.auth.AuthService;
import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.common.launch.Platform;
import io.cloneplatform.common.launch.ServiceModule;
import io.cloneplatform.common.testing.TestDatabase;
import io.cloneplatform.common.trace.Tracing;
import io.cloneplatform.earnings.EarningsService;
import io.cloneplatform.gateway.GatewayService;
import io.cloneplatform.premium.PremiumService;
import io.cloneplatform.support.SupportService;
import io.cloneplatform.withdrawal.WithdrawalService;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The platform in this JVM on a fresh database, reached over HTTP as its clients reach it. */
public final class RunningPlatform implements AutoCloseable {
    /** The admin key of every platform started here. */
    public static final String ADMIN_KEY = "acceptance-admin-key-0123456789";

    private final String databaseUrl;
    private final int port;
    private final int managementPort;
    private final Platform platform;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    static {
        SecretScan.plant(ADMIN_KEY, World.PASSWORD, World.WITHDRAWAL_PASSWORD);
    }

    private RunningPlatform(String databaseUrl, int port, int managementPort, Platform platform) {
        this.databaseUrl = databaseUrl;
        this.port = port;
        this.managementPort = managementPort;
        this.platform = platform;
    }

    /** Hands one platform with everything in it to all test classes of this JVM. */
    public static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == RunningPlatform.class;
        }

        @Override
        public RunningPlatform resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.GLOBAL)
                    .getOrComputeIfAbsent(
                            RunningPlatform.class, type -> startAll().warm(), RunningPlatform.class);
        }
    }

    /** Starts every module on a fresh database. */
    public static RunningPlatform startAll() {
        return start(
                TestDatabase.create(),
                Map.of(),
                List.of(
                        new AuthService(),
                        new EarningsService(),
                        new WithdrawalService(),
                        new SupportService(),
                        new PremiumService(),
                        new GatewayService()));
    }

    // What is measured is a platform that serves, not one whose classes are still being loaded.
    private RunningPlatform warm() {
        for (int attempt = 0; attempt < 100; attempt++) {
            Answer health = call("GET", "/health").send();
            Answer signIn = call("POST", "/signin")
                    .json("{'email': 'nobody@example.com', 'password': 'Password123'}")
                    .send();
            if (health.status() == 200 && signIn.status() == 401) {
                return this;
            }
            pause(200);
        }
        throw new AssertionError("the platform does not get healthy");
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts some modules on a database, with settings on top of the defaults. */
    public static RunningPlatform start(
            String databaseUrl, Map<String, String> settings, List<? extends ServiceModule> modules) {
        return start(databaseUrl, settings, modules, null);
    }

    /** The same, with its spans where a test sees them. */
    public static RunningPlatform start(
            String databaseUrl,
            Map<String, String> settings,
            List<? extends ServiceModule> modules,
            SpanExporter spans) {
        int port = freePort();
        int managementPort = freePort();
        Map<String, String> env = new HashMap<>(Map.of(
                "HTTP_PORT",
                String.valueOf(port),
                "MANAGEMENT_PORT",
                String.valueOf(managementPort),
                "DATABASE_URL",
                databaseUrl,
                "ADMIN_KEY",
                ADMIN_KEY));
        env.putAll(settings);
        PlatformConfig config = PlatformConfig.read(env);
        Platform platform = spans == null
                ? Platform.start(config, "acceptance", modules)
                : Platform.start(config, "acceptance", modules, Tracing.to(spans));
        return new RunningPlatform(databaseUrl, port, managementPort, platform);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A call to this platform; the path may carry a query. */
    public Call call(String method, String path) {
        return new Call(http, method, URI.create("http://127.0.0.1:" + port + path));
    }

    /** A call to its management port. */
    public Call management(String method, String path) {
        return new Call(http, method, URI.create("http://127.0.0.1:" + managementPort + path));
    }

    /** The port of the API. */
    int port() {
        return port;
    }

    /** A connection that writes what no HTTP client would. */
    public RawHttp raw() {
        return new RawHttp(port);
    }

    /** A JDBC connection to the database as superuser. */
    public Connection sql() {
        return TestDatabase.connect(databaseUrl);
    }

    /** The database, for a second process on it. */
    public String databaseUrl() {
        return databaseUrl;
    }

    /** The Vert.x instance inside, for tests that stand in for a service. */
    public Vertx vertx() {
        return platform.vertx();
    }

    @Override
    public void close() {
        platform.close();
        SecretScan.complain();
    }
}
