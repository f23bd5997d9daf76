package io.cloneplatform.common.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.BusClient;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.LocalBus;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.bus.Trace;
import io.cloneplatform.common.config.PlatformConfig;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.launch.Platform;
import io.cloneplatform.common.launch.ServiceModule;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** One or more services running on a fresh database, called over the bus as the gateway would call them. */
public final class TestPlatform implements AutoCloseable {
    private final String url;
    private final Platform platform;
    private final BusClient bus;
    private final Connection sql;

    private TestPlatform(String url, Platform platform) {
        this.url = url;
        this.platform = platform;
        this.bus = new LocalBus(platform.vertx());
        this.sql = TestDatabase.connect(url);
    }

    /** Starts the services with settings on top of the defaults, given as key, value, key, value. */
    public static TestPlatform start(List<? extends ServiceModule> modules, String... settings) {
        return start(TestDatabase.create(), modules, settings);
    }

    /** Another process of services on the database of this one. */
    public TestPlatform another(List<? extends ServiceModule> modules, String... settings) {
        return start(url, modules, settings);
    }

    /** Starts the services on a database that is there. */
    public static TestPlatform start(String url, List<? extends ServiceModule> modules, String... settings) {
        Map<String, String> env = new HashMap<>(Map.of("HTTP_PORT", "0", "MANAGEMENT_PORT", "0", "DATABASE_URL", url));
        for (int i = 0; i < settings.length; i += 2) {
            env.put(settings[i], settings[i + 1]);
        }
        return new TestPlatform(url, Platform.start(PlatformConfig.read(env), "test", modules));
    }

    /** A member as callers see one. */
    public record Member(UUID id, String name, Member parent) {
        /** The member as the gateway would present them. */
        public Caller caller() {
            return new Caller(Caller.Kind.MEMBER, id.toString(), name, null, Set.of(), "127.0.0.1");
        }
    }

    /** An admin with every permission. */
    public static Caller admin() {
        return new Caller(Caller.Kind.ADMIN, Caller.ADMIN_KEY_ID, "admin key", null, Set.of("*"), "127.0.0.1");
    }

    /** Creates a member directly in the store, as sign-up does; parent may be null. */
    public Member member(String name, Member parent) {
        UUID id = Ids.next();
        UUID parentId = parent == null ? null : parent.id();
        String email = name.toLowerCase(java.util.Locale.ROOT) + "@example.com";
        execute(
                "INSERT INTO member (id, email, username, name, parent_id) VALUES (?, ?, ?, ?, ?)",
                id,
                email,
                name,
                name,
                parentId);
        execute("INSERT INTO ledger_account (id, kind, name) VALUES (?, 'member', ?)", id, id.toString());
        var user = Json.object()
                .put("id", id.toString())
                .put("email", email)
                .put("username", name)
                .put("name", name)
                .put("balance", 0)
                .put("heldBalance", 0)
                .put("totalEarned", 0)
                .put("productsSubmitted", 0)
                .put("childCount", 0)
                .put("vipTier", "Normal")
                .put("invitationCode", "AAAAAAAA")
                .put("parentUserId", parentId == null ? null : parentId.toString())
                .put("accountFrozen", false)
                .put("freezeAmount", 0)
                .putNull("freezeReason")
                .put("createdAt", "2026-01-01T00:00:00.000Z");
        execute("INSERT INTO kv_store_44a642d3 (key, value) VALUES (?, ?::jsonb)", Keys.user(id), Json.text(user));
        if (parent != null) {
            var link = Json.object()
                    .put("parentId", parentId.toString())
                    .put("childId", id.toString())
                    .put("childName", name)
                    .put("childEmail", email)
                    .put("totalSharedProfit", 0)
                    .putNull("lastProductAt")
                    .put("createdAt", "2026-01-01T00:00:00.000Z");
            execute(
                    "INSERT INTO kv_store_44a642d3 (key, value) VALUES (?, ?::jsonb)",
                    Keys.referral(parentId, id),
                    Json.text(link));
            execute(
                    "UPDATE kv_store_44a642d3 SET value = value || jsonb_build_object('childCount', (value ->> 'childCount')::int + 1) WHERE key = ?",
                    Keys.user(parentId));
        }
        return new Member(id, name, parent);
    }

    /** Gives a member money, in minor units, by an adjustment. */
    public void credit(Member member, long minor) {
        UUID id = Ids.next();
        execute(
                "SELECT ledger_transfer_post(?, 'adjustment', ?, 'test', ARRAY[?, 'ffffffff-ffff-ffff-ffff-fffffffffff2'::uuid], ARRAY['adjustment', 'backing'], ARRAY[?, ?]::bigint[], ARRAY[0, 0]::bigint[])",
                id,
                id.toString(),
                member.id(),
                minor,
                -minor);
    }

    /** A call that is expected to succeed: its JSON answer. */
    public JsonNode ok(String address, Caller caller, Map<String, String> params, JsonNode body) {
        Reply reply = send(address, caller, params, body, null).await();
        if (reply instanceof Reply.Done done) {
            return Json.read(done.body(), JsonNode.class);
        }
        throw new AssertionError(address + " was refused: " + reply);
    }

    /** A call that is expected to be refused: why. */
    public ErrorCode refused(String address, Caller caller, Map<String, String> params, JsonNode body) {
        return refusal(address, caller, params, body).code();
    }

    /** A call that is expected to be refused: the whole refusal. */
    public Reply.Refused refusal(String address, Caller caller, Map<String, String> params, JsonNode body) {
        Reply reply = send(address, caller, params, body, null).await();
        if (reply instanceof Reply.Refused refused) {
            return refused;
        }
        throw new AssertionError(
                address + " was not refused: " + Json.read(((Reply.Done) reply).body(), JsonNode.class));
    }

    /** Any call; the idempotency key may be null. */
    public Future<Reply> send(
            String address, Caller caller, Map<String, String> params, JsonNode body, String idempotencyKey) {
        long deadline = System.currentTimeMillis() + 5_000;
        return bus.request(
                new Request(address, caller, params, body, idempotencyKey, deadline, new Trace("test", null)));
    }

    /** Parses a JSON object written with single quotes. */
    public static JsonNode json(String singleQuoted) {
        return Json.read(singleQuoted.replace('\'', '"'));
    }

    /** The available balance of a member in minor units. */
    public long balance(Member member) {
        return number("SELECT balance FROM ledger_account WHERE id = ?", member.id());
    }

    /** The held balance of a member in minor units. */
    public long held(Member member) {
        return number("SELECT held FROM ledger_account WHERE id = ?", member.id());
    }

    /** The document under a key. */
    public JsonNode document(String key) {
        return Json.read((String) single("SELECT value::text FROM kv_store_44a642d3 WHERE key = ?", key));
    }

    /** One number from the database. */
    public long number(String query, Object... args) {
        return ((Number) single(query, args)).longValue();
    }

    /** One value from the database. */
    public synchronized Object single(String query, Object... args) {
        try (PreparedStatement statement = prepare(query, args);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getObject(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a statement as superuser, as an operator would. */
    public synchronized void execute(String statement, Object... args) {
        try (PreparedStatement prepared = prepare(statement, args)) {
            prepared.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private PreparedStatement prepare(String query, Object... args) throws SQLException {
        PreparedStatement statement = sql.prepareStatement(query);
        for (int i = 0; i < args.length; i++) {
            statement.setObject(i + 1, args[i]);
        }
        return statement;
    }

    /** The database of this platform. */
    public String url() {
        return url;
    }

    @Override
    public void close() {
        platform.close();
        try {
            sql.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
