package io.cloneplatform.gateway.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HttpDateTest {
    @Test
    void aDayHasTwoDigits() {
        assertThat(HttpDate.of(Instant.parse("2026-12-01T08:05:09.999Z"))).isEqualTo("Tue, 01 Dec 2026 08:05:09 GMT");
    }
}
