package io.cloneplatform.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.pgclient.PgConnectOptions;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformConfigTest {
    @Test
    void defaultsAreThoseOfTheContract() {
        PlatformConfig config = PlatformConfig.read(Map.of());
        assertThat(config.httpPort()).isEqualTo(8080);
        assertThat(config.managementPort()).isEqualTo(9000);
        assertThat(config.databasePort()).isEqualTo(5433);
        assertThat(config.rules().splitPercent()).containsExactly(80, 10, 5, 5);
        assertThat(config.rules().reviewThreshold()).isEqualTo(1_000_000);
        assertThat(config.rules().dailyCreditCap()).isEqualTo(10_000_000);
        assertThat(config.rules().tierThresholds()).containsExactly(50_000L, 200_000L, 500_000L, 1_000_000L);
    }

    @Test
    void listsEveryProblemByKeyAtOnce() {
        assertThatThrownBy(() -> PlatformConfig.read(Map.of(
                        "HTTP_PORT", "eighty",
                        "LOG_FORMAT", "xml",
                        "COMMISSION_SPLIT", "80,10,5",
                        "ADMIN_KEY", "short",
                        "DATABASE_URL", "mysql://x",
                        "CLUSTER", "kubernetes")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "HTTP_PORT", "LOG_FORMAT", "COMMISSION_SPLIT", "ADMIN_KEY", "DATABASE_URL", "CLUSTER_DNS");
    }

    @Test
    void aServiceIsToldOfAMissingDatabaseWithEverythingElse() {
        assertThatThrownBy(() -> PlatformConfig.readForService(Map.of("HTTP_PORT", "eighty")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("HTTP_PORT", "DATABASE_URL: is required");
        assertThat(PlatformConfig.readForService(Map.of("DATABASE_URL", "postgresql://clone@127.0.0.1/clone"))
                        .database()
                        .user())
                .isEqualTo("clone");
    }

    @Test
    void saysEachProblemOnce() {
        assertThatThrownBy(() ->
                        PlatformConfig.read(Map.of("DATABASE_URL", "postgresql://u@h/d", "DATABASE_POOL_SIZE", "0")))
                .hasMessageMatching("(?s).*DATABASE_POOL_SIZE.*")
                .hasMessageNotContaining("'0'\n");
    }

    @ParameterizedTest
    @CsvSource({
        "CLUSTER_HOST, 0.0.0.0",
        "CLUSTER_HOST, 192.0.2.1",
        "CLUSTER_HOST, [::1",
        "CLUSTER_MEMBERS, http://127.0.0.1:5701",
        "CLUSTER_MEMBERS, 127.0.0.1:port"
    })
    void refusesWhatAClusterCannotUse(String key, String value) {
        assertThatThrownBy(() -> PlatformConfig.read(Map.of("CLUSTER", "tcp", key, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key + ": ")
                .hasMessageContaining(value);
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_EXPORTER_OTLP_ENDPOINT, collector:4318",
        "OTEL_EXPORTER_OTLP_ENDPOINT, http://user:hidden-secret@collector:4318",
        "OTEL_EXPORTER_OTLP_ENDPOINT, http://collector:4318/?token=hidden-secret",
        "OTEL_EXPORTER_OTLP_ENDPOINT, grpc://collector:4317",
        "OTEL_TRACES_SAMPLER_ARG, 1.5",
        "OTEL_TRACES_SAMPLER_ARG, -0.1",
        "OTEL_TRACES_SAMPLER_ARG, always"
    })
    void refusesWhereTracesCannotGo(String key, String value) {
        assertThatThrownBy(() -> PlatformConfig.read(Map.of(key, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key + ": expected")
                .hasMessageNotContaining("hidden-secret");
    }

    @Test
    void takesNamesForClusterAddresses() {
        ClusterConfig cluster = PlatformConfig.read(Map.of(
                        "CLUSTER", "tcp",
                        "CLUSTER_HOST", "localhost",
                        "CLUSTER_MEMBERS", "gateway-0.example:5701, [::1]:5702, 10.0.0.7"))
                .cluster();
        assertThat(cluster.host()).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(cluster.members()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DATABASE_URL     | postgresql://clone:hidden-password@db:99999/clone",
                "DATABASE_URL     | postgresql://clone:hidden-password@db/clone?sslmode=perhaps",
                "COMMISSION_SPLIT | 4294967376,10,5,5",
                "TIER_THRESHOLDS  | 1,2,3,184467440737095520",
                "CURRENCY         | dollars",
                "CURRENCY         | JPY",
                "CORS_ORIGINS     | https://example.com/",
                "CORS_ORIGINS     | example.com",
                "ADMIN_KEY        | sixteen or more but with spaces",
                "ADMIN_KEY        | schlüsselschlüssel"
            })
    void refusesWhatWouldOnlyFailLater(String key, String value) {
        assertThatThrownBy(() -> PlatformConfig.read(Map.of(key, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key + ": ")
                .hasMessageNotContaining("hidden-password");
    }

    @Test
    void neverPrintsASecret() {
        PlatformConfig config = PlatformConfig.read(Map.of(
                "ADMIN_KEY", "a-very-secret-admin-key",
                "DATABASE_URL", "postgresql://clone:hidden-password@127.0.0.1/clone"));
        assertThat(config.toString()).doesNotContain("a-very-secret-admin-key", "hidden-password");
        assertThat(config.database().password().toString()).isEqualTo("***");
    }

    @Test
    void readsASecretFromAFile(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("key"), "a-very-secret-admin-key\n");
        PlatformConfig config = PlatformConfig.read(Map.of("ADMIN_KEY_FILE", file.toString()));
        assertThat(config.adminKey()).contains(new Secret("a-very-secret-admin-key"));
    }

    @Test
    void readsThePasswordOfTheDatabaseFromAFileOfItsOwn(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("password"), "p@ss w:rd/+%\n");
        Map<String, String> environment = Map.of(
                "DATABASE_URL", "postgresql://clone@db.internal/clone", "DATABASE_PASSWORD_FILE", file.toString());
        DatabaseConfig database = PlatformConfig.readForService(environment).database();
        assertThat(database.user()).isEqualTo("clone");
        assertThat(database.password().value()).isEqualTo("p@ss w:rd/+%");
        assertThat(PgConnectOptions.fromUri(database.url().value()).getPassword())
                .isEqualTo("p@ss w:rd/+%");
    }

    @Test
    void refusesTwoPasswordsOfTheDatabase() {
        assertThatThrownBy(() -> PlatformConfig.read(Map.of(
                        "DATABASE_URL", "postgresql://clone:one-password@db/clone", "DATABASE_PASSWORD", "another")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("DATABASE_PASSWORD: ")
                .hasMessageNotContaining("another")
                .hasMessageNotContaining("one-password");
    }

    @Test
    void aClusterFindsTheAddressOfItsOwnMachine() throws Exception {
        ClusterConfig cluster = PlatformConfig.read(Map.of("CLUSTER", "tcp", "CLUSTER_HOST", "self"))
                .cluster();
        assertThat(cluster.host()).isEqualTo(InetAddress.getLocalHost().getHostAddress());
        assertThat(cluster.busPort()).isZero();
    }

    @Test
    void takesADatabaseUrlApartForJdbc() {
        DatabaseConfig database = PlatformConfig.read(
                        Map.of("DATABASE_URL", "postgresql://clone:p%40ss@db.internal/clone?sslmode=require"))
                .database();
        assertThat(database.jdbcUrl()).isEqualTo("jdbc:postgresql://db.internal:5432/clone?sslmode=require");
        assertThat(database.user()).isEqualTo("clone");
        assertThat(database.password().value()).isEqualTo("p@ss");
    }

    @Test
    void refusesToPretendThatRateLimitsExist() {
        assertThatThrownBy(() -> PlatformConfig.read(Map.of("RATE_LIMITS", "yes")))
                .hasMessageContaining("RATE_LIMITS");
    }

    @Test
    void basePathsAreCheckedByForm() {
        assertThat(PlatformConfig.read(Map.of("BASE_PATHS", "/a, /b/c")).basePaths())
                .isEqualTo(List.of("/a", "/b/c"));
        assertThatThrownBy(() -> PlatformConfig.read(Map.of("BASE_PATHS", "a/")))
                .hasMessageContaining("BASE_PATHS");
    }
}
