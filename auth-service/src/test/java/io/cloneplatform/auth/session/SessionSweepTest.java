package io.cloneplatform.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.kv.Keys;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionSweepTest {
    @Test
    void looksOnlyAtSessionsOpenedBeforeThatTime() {
        Instant now = Instant.now();
        String key = Keys.session(Ids.next());
        assertThat(SessionSweep.keyOf(now.minusSeconds(1))).isLessThan(key);
        assertThat(SessionSweep.keyOf(now.plusSeconds(1))).isGreaterThan(key);
    }
}
