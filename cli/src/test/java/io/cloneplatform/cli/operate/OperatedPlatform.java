package io.cloneplatform.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.auth.AuthService;
import io.cloneplatform.cli.Clonectl;
import io.cloneplatform.cli.remote.AdminApi;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.earnings.EarningsService;
import io.cloneplatform.gateway.GatewayService;
import io.cloneplatform.premium.PremiumService;
import io.cloneplatform.standalone.start.ReadyProbe;
import io.cloneplatform.support.SupportService;
import io.cloneplatform.withdrawal.WithdrawalService;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A whole platform in this process, and the command line that operates it; one for all tests of this JVM. */
public final class OperatedPlatform {
    /** The admin key of the platform. */
    public static final String KEY = "operators-test-admin-key";

    private static final String PASSWORD = "Password123";
    private static OperatedPlatform running;

    private final TestPlatform platform;
    private final String url;
    private final String management;
    private final Path keyFile;
    private final AdminApi admin;

    private OperatedPlatform() throws IOException, InterruptedException {
        int port = freePort();
        int managementPort = freePort();
        url = "http://127.0.0.1:" + port;
        management = "http://127.0.0.1:" + managementPort;
        platform = TestPlatform.start(
                List.of(
                        new AuthService(),
                        new EarningsService(),
                        new WithdrawalService(),
                        new PremiumService(),
                        new SupportService(),
                        new GatewayService()),
                "HTTP_PORT",
                String.valueOf(port),
                "MANAGEMENT_PORT",
                String.valueOf(managementPort),
                "ADMIN_KEY",
                KEY);
        assertThat(ReadyProbe.await(URI.create(url + "/health"))).isTrue();
        keyFile = Files.createTempFile("admin", ".key");
        keyFile.toFile().deleteOnExit();
        Files.writeString(keyFile, KEY + "\n");
        admin = new AdminApi(URI.create(url), KEY, Duration.ofSeconds(10));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The platform, started with the first test that asks. */
    public static synchronized OperatedPlatform get() {
        if (running == null) {
            try {
                running = new OperatedPlatform();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return running;
    }

    /** What a command did. */
    public record Ran(int exit, String out, String err) {
        /** Its one JSON document. */
        public JsonNode json() {
            return io.cloneplatform.common.json.Json.read(out);
        }

        /** Its problem document. */
        public JsonNode problem() {
            return io.cloneplatform.common.json.Json.read(err);
        }
    }

    /** Runs a command as it is. */
    public static Ran clonectl(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Clonectl.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Ran(exit, out.toString(), err.toString());
    }

    /** Runs a command against this platform with its key. */
    public Ran run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", url, "--admin-key-file", keyFile.toString()));
        return clonectl(all.toArray(String[]::new));
    }

    /** Runs a command that must work, and answers what it printed. */
    public String ok(String... arguments) {
        Ran ran = run(arguments);
        assertThat(ran.exit()).as("%s", ran).isZero();
        assertThat(ran.err()).isEmpty();
        return ran.out();
    }

    /** Everything that a command might change: members, money, documents, admins. */
    public String state() {
        return platform.single(
                        """
                        SELECT concat_ws(' ',
                          (SELECT md5(string_agg(key || value::text, ' ' ORDER BY key)) FROM kv_store_44a642d3 WHERE key NOT LIKE 'session:%'),
                          (SELECT count(*) FROM ledger_transfer), (SELECT count(*) FROM ledger_entry),
                          (SELECT count(*) FROM member WHERE deleted_at IS NULL))
                        """)
                .toString();
    }

    /** The database and the services behind the API. */
    public TestPlatform inside() {
        return platform;
    }

    /** Where the API is. */
    public String url() {
        return url;
    }

    /** Where the management port is. */
    public String management() {
        return management;
    }

    /** A file with the admin key. */
    public Path keyFile() {
        return keyFile;
    }

    /** The API, as an admin. */
    public AdminApi admin() {
        return admin;
    }

    /**
     * Signs a member up who can ask for withdrawals; the name is unique, and the username and address are made
     * of it.
     */
    public Person person(String name) {
        String username = name + "-" + UUID.randomUUID().toString().substring(0, 8);
        JsonNode answer = admin.change(
                "POST",
                "/signup",
                Map.of(
                        "email", username + "@members.internal",
                        "username", username,
                        "name", name,
                        "password", PASSWORD,
                        "withdrawalPassword", PASSWORD),
                null);
        return new Person(
                answer.at("/user/id").asText(),
                username,
                answer.at("/session/access_token").asText());
    }

    /** A member of the platform. */
    public record Person(String id, String username, String token) {}

    /** Gives a member money. */
    public void credit(Person person, String amount) {
        admin.change(
                "POST",
                "/admin/adjust-balance",
                Map.of("userId", person.id(), "amount", new BigDecimal(amount), "reason", "test"),
                null);
    }

    /** A pending withdrawal of a member: its id. */
    public String withdrawal(Person person, String amount) {
        return as(person)
                .change(
                        "POST",
                        "/withdrawals",
                        Map.of("amount", new BigDecimal(amount), "withdrawalPassword", PASSWORD),
                        null)
                .at("/withdrawal/id")
                .asText();
    }

    /** The API, as a member. */
    public AdminApi as(Person person) {
        return new AdminApi(URI.create(url), person.token(), Duration.ofSeconds(10));
    }
}
