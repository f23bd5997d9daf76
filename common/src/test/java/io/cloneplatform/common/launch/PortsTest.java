package io.cloneplatform.common.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PortsTest {
    @Test
    void namesThePortInUseAndItsSetting() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int number = taken.getLocalPort();
            assertThatThrownBy(() -> Ports.requireFree(new Ports.Port("HTTP_PORT", "127.0.0.1", number)))
                    .isInstanceOf(StartException.class)
                    .hasMessage("Port " + number
                            + " is in use. Stop the program that uses it, or set HTTP_PORT to another port.");
        }
    }

    @Test
    void oneNumberForTwoSettingsIsInUseToo() throws IOException {
        int free = Integer.parseInt(Ports.choose(Map.of("HTTP_PORT", "0")).get("HTTP_PORT"));
        assertThatThrownBy(() -> Ports.requireFree(
                        new Ports.Port("HTTP_PORT", "127.0.0.1", free),
                        new Ports.Port("MANAGEMENT_PORT", "127.0.0.1", free)))
                .hasMessageContaining("MANAGEMENT_PORT");
    }

    @Test
    void anAddressOfAnotherMachineIsNotCalledInUse() {
        assertThatThrownBy(() -> Ports.requireFree(new Ports.Port("HTTP_PORT", "192.0.2.1", 8080)))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("8080 on 192.0.2.1 cannot be opened");
    }

    @Test
    void zeroBecomesDifferentFreePorts() {
        Map<String, String> chosen =
                Ports.choose(Map.of("HTTP_PORT", "0", "MANAGEMENT_PORT", "0", "DATABASE_PORT", "5444"));
        assertThat(chosen.get("HTTP_PORT")).isNotIn("0", chosen.get("MANAGEMENT_PORT"));
        assertThat(chosen).containsEntry("DATABASE_PORT", "5444");
        assertThatCode(() -> Ports.requireFree(
                        new Ports.Port("HTTP_PORT", "127.0.0.1", Integer.parseInt(chosen.get("HTTP_PORT")))))
                .doesNotThrowAnyException();
    }
}
