package io.cloneplatform.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A canary for the scan of all tests: what it has to find, it finds. */
class SecretScanTest {
    private static final String TOKEN = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "k".repeat(86);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"x\": \""
                        + "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\"}",
                "01985a44-9e20-7b32-9d10-6a7c8e0f2b02.kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk",
                "hash $argon2id$v=19$m=19456",
                "-----BEGIN PRIVATE KEY-----",
                "connecting to postgresql://clone:hunter2@db/clone"
            })
    void secretsAreKnownByTheirShape(String text) {
        assertThatThrownBy(() -> SecretScan.answer("/profile", Map.of(), text)).isInstanceOf(AssertionError.class);
    }

    @Test
    void whatIsPlantedIsFoundInBodiesHeadersAndLogs() {
        SecretScan.plant("canary-in-the-mine");
        assertThatThrownBy(() -> SecretScan.answer("/x", Map.of(), "a canary-in-the-mine sings"))
                .hasMessageContaining("the answer of /x");
        assertThatThrownBy(() -> SecretScan.answer("/x", Map.of("etag", List.of("canary-in-the-mine")), ""))
                .hasMessageContaining("the headers of /x");
        SecretScan.plant("canary-in-the-mine"); // whoever configures the log meanwhile takes the ear off
        LoggerFactory.getLogger(SecretScanTest.class).error("a {} sings", "canary-in-the-mine");
        assertThatThrownBy(SecretScan::complain).hasMessageContaining("the log of");
        LoggerFactory.getLogger(SecretScanTest.class).warn("it", new IllegalStateException("canary-in-the-mine"));
        assertThatThrownBy(SecretScan::complain).hasMessageContaining("the log of");
        SecretScan.line("the output of a process", "canary-in-the-mine");
        assertThatThrownBy(SecretScan::complain).hasMessageContaining("the output of a process");
    }

    @Test
    void tokensAreHandedOutWhereTheyAreHandedOutAndNowhereElse() {
        long before = SecretScan.texts();
        SecretScan.answer("/functions/v1/make-server-44a642d3/signin/?x=y", Map.of(), TOKEN);
        assertThat(SecretScan.texts()).isGreaterThan(before);
        assertThatThrownBy(() -> SecretScan.answer("/signin/x", Map.of(), TOKEN))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> SecretScan.answer("/signin", Map.of("location", List.of(TOKEN)), ""))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void theEchoOfAPathIsNoneButWhatFollowsItIs() {
        SecretScan.answer("/x/" + TOKEN, Map.of(), "{\"instance\":\"/x/" + TOKEN + "\"}");
        assertThatThrownBy(() -> SecretScan.answer("/x/" + TOKEN, Map.of(), "{\"error\":\"" + TOKEN + "\"}"))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void ordinaryTextIsNoSecret() {
        SecretScan.answer(
                "/x",
                Map.of(),
                "postgresql://db/clone 01985a44-9e20-7b32-9d10-6a7c8e0f2b02 https://a.example/b:c@d eyJ");
    }
}
