package io.cloneplatform.earnings.gauges;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.Secret;
import io.cloneplatform.common.db.Database;
import io.cloneplatform.common.metrics.Counts;
import io.cloneplatform.common.testing.TestDatabase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the metrics say about the business is what the database says, or nothing. */
class PlatformGaugesIT {
    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final String url = TestDatabase.create();
    private final Pool pool = Database.pool(vertx, new DatabaseConfig(new Secret(url), 2), "test");
    private final PlatformGauges gauges = new PlatformGauges(pool);

    PlatformGaugesIT() {
        gauges.export(new Counts(metrics));
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void nothingIsKnownBeforeItIsReadAndWhenItCannotBeRead() {
        assertThat(values()).hasSizeGreaterThan(15).containsOnly(Double.NaN);
        gauges.read().await();
        assertThat(values()).doesNotContain(Double.NaN);
        pool.close().await();
        gauges.read().otherwiseEmpty().await();
        assertThat(values()).containsOnly(Double.NaN);
    }

    @Test
    void anEmptyPlatformOwesNothingAndIsCovered() {
        gauges.read().await();
        assertThat(value("clone.coverage.ratio")).isEqualTo(1);
        assertThat(value("clone.withdrawals.oldest.pending.age.seconds")).isZero();
    }

    @Test
    void showsWhatWaitsAndForHowLong() throws SQLException {
        try (Connection sql = TestDatabase.connect(url)) {
            document(sql, "ticket:1", "{\"status\": \"open\", \"priority\": \"high\"}", 3_600);
            document(sql, "ticket:2", "{\"status\": \"in-progress\", \"priority\": \"low\"}", 7_200);
        }
        gauges.read().await();
        assertThat(value("clone.tickets.oldest.waiting.age.seconds")).isBetween(3_600.0, 3_660.0);
        assertThat(metrics.get("clone.tickets.current")
                        .tag("status", "in-progress")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    private static void document(Connection sql, String key, String value, int ageSeconds) throws SQLException {
        try (var insert = sql.prepareStatement("INSERT INTO kv_store_44a642d3 (key, value, created_at)"
                + " VALUES (?, ?::jsonb, now() - ? * interval '1 second')")) {
            insert.setString(1, key);
            insert.setString(2, value);
            insert.setInt(3, ageSeconds);
            insert.execute();
        }
    }

    private double value(String name) {
        return metrics.get(name).gauge().value();
    }

    private List<Double> values() {
        return metrics.getMeters().stream()
                .filter(meter -> meter.getId().getType() == Meter.Type.GAUGE)
                .map(meter -> ((Gauge) meter).value())
                .toList();
    }
}
