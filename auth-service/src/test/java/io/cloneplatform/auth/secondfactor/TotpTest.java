package io.cloneplatform.auth.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    // "12345678901234567890", the secret of the RFC's examples, in base 32.
    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private final Totp totp = new Totp();

    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void codesAreThoseOfTheExamplesOfRfc6238(long second, String code) {
        assertThat(totp.code(SECRET, second / 30)).isEqualTo(code);
        assertThat(totp.step(SECRET, code, Instant.ofEpochSecond(second), 0)).hasValue(second / 30);
    }

    @ParameterizedTest
    @CsvSource({"-2, false", "-1, true", "0, true", "1, true", "2, false"})
    void aCodeIsTakenAStepBeforeAndAfterItsTime(long steps, boolean taken) {
        Instant now = Instant.ofEpochSecond(1_800_000_000L);
        String code = totp.code(SECRET, now.getEpochSecond() / 30 + steps);
        assertThat(totp.step(SECRET, code, now, 0).isPresent()).isEqualTo(taken);
    }

    @Test
    void noCodeIsTakenOfAStepThatWasTakenOrOfOneBeforeIt() {
        Instant now = Instant.ofEpochSecond(1_800_000_000L);
        long step = now.getEpochSecond() / 30;
        assertThat(totp.step(SECRET, totp.code(SECRET, step), now, step)).isEmpty();
        assertThat(totp.step(SECRET, totp.code(SECRET, step - 1), now, step)).isEmpty();
        assertThat(totp.step(SECRET, totp.code(SECRET, step + 1), now, step)).hasValue(step + 1);
    }

    @ParameterizedTest
    @CsvSource({"''", "12345", "1234567", "28708２", "abcdef"})
    void whatIsNoCodeIsNotTaken(String typed) {
        assertThat(totp.step(SECRET, typed, Instant.ofEpochSecond(59), 0)).isEmpty();
    }
}
