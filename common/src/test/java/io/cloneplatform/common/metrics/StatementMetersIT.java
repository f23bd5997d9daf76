package io.cloneplatform.common.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.Secret;
import io.cloneplatform.common.db.Database;
import io.cloneplatform.common.testing.TestDatabase;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vertx.sqlclient.Pool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Statements are timed, and those over a second are counted. */
class StatementMetersIT {
    private final PrometheusMeterRegistry metrics = Registry.create();
    private final Vertx vertx = Vertx.builder()
            .with(new VertxOptions().setMetricsOptions(new MicrometerMetricsOptions().setEnabled(true)))
            .withMetrics(new MicrometerMetricsFactory(metrics))
            .build();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void countsTheSlowOnesAlone() {
        DatabaseConfig config = new DatabaseConfig(new Secret(TestDatabase.create()), 2);
        Pool pool = Database.pool(vertx, config, "test");
        pool.query("SELECT 1").execute().await();
        assertThat(slow()).isZero();
        pool.query("SELECT pg_sleep(0.9)").execute().await();
        assertThat(slow()).isZero();
        pool.query("SELECT pg_sleep(1.1)").execute().await();
        assertThat(slow()).isOne();
        pool.query("SELECT pg_sleep(3)").execute().otherwiseEmpty().await();
        assertThat(slow()).as("one that the database cancelled counts too").isEqualTo(2);
        assertThat(metrics.scrape())
                .contains(
                        "clone_db_statement_duration_seconds_bucket{le=\"1.0\"} 2",
                        "\nclone_db_slow_statements_total 2.0");
    }

    private double slow() {
        return metrics.get("clone.db.slow.statements").functionCounter().count();
    }
}
