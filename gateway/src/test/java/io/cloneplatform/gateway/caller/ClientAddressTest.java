package io.cloneplatform.gateway.caller;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
    private static final String PROXY = "10.1.2.3";

    private final ClientAddress addresses = new ClientAddress(List.of("10.0.0.0/8", "fd00::/8"));

    private String forwardedFor(String peer, String... values) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        List.of(values).forEach(value -> headers.add("X-Forwarded-For", value));
        return addresses.of(peer, headers);
    }

    private String forwarded(String... values) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        List.of(values).forEach(value -> headers.add("Forwarded", value));
        return addresses.of(PROXY, headers);
    }

    @Test
    void nobodyElseIsBelieved() {
        assertThat(forwardedFor("203.0.113.9", "198.51.100.1")).isEqualTo("203.0.113.9");
        assertThat(forwardedFor("::ffff:203.0.113.9", "198.51.100.1")).isEqualTo("::ffff:203.0.113.9");
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("X-Forwarded-For", "198.51.100.1");
        assertThat(new ClientAddress(List.of()).of(PROXY, headers)).isEqualTo(PROXY);
    }

    @Test
    void ofAChainTheLastThatIsNoProxyOfOursCounts() {
        assertThat(forwardedFor(PROXY, "198.51.100.1")).isEqualTo("198.51.100.1");
        assertThat(forwardedFor(PROXY, "1.1.1.1, 198.51.100.1, 10.9.9.9")).isEqualTo("198.51.100.1");
        assertThat(forwardedFor(PROXY, "1.1.1.1", "198.51.100.1")).isEqualTo("198.51.100.1");
        assertThat(forwardedFor(PROXY, "10.4.4.4, 10.9.9.9")).isEqualTo("10.4.4.4");
    }

    @Test
    void whatAClientInventsInFrontOfItIsNotBelieved() {
        assertThat(forwardedFor(PROXY, "127.0.0.1, 10.0.0.1, 198.51.100.1")).isEqualTo("198.51.100.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unknown",
                "''",
                "198.51.100.1, example.com",
                "198.51.100.1, 999.1.1.1",
                "198.51.100.1, 1.2.3",
                "198.51.100.1,",
                "198.51.100.1, 203.0.113.7:port",
                "198.51.100.1, <script>",
                "198.51.100.1, [2001:db8::1"
            })
    void whatIsNoAddressEndsTheChain(String header) {
        assertThat(forwardedFor(PROXY, header)).isEqualTo(PROXY);
    }

    @Test
    void portsAndBracketsAreTakenOff() {
        assertThat(forwardedFor(PROXY, "198.51.100.1:4711")).isEqualTo("198.51.100.1");
        assertThat(forwardedFor(PROXY, "[2001:db8::1]:4711")).isEqualTo("2001:db8:0:0:0:0:0:1");
        assertThat(forwardedFor(PROXY, "2001:db8::1")).isEqualTo("2001:db8:0:0:0:0:0:1");
    }

    @Test
    void aProxyIsKnownHoweverItsAddressIsWritten() {
        assertThat(forwardedFor("::ffff:10.1.2.3", "198.51.100.1")).isEqualTo("198.51.100.1");
        assertThat(forwardedFor("fd00::1", "198.51.100.1")).isEqualTo("198.51.100.1");
    }

    @Test
    void theStandardHeaderIsReadWhereTheOtherIsMissing() {
        assertThat(forwarded("for=198.51.100.1;proto=https;by=10.1.2.3")).isEqualTo("198.51.100.1");
        assertThat(forwarded("For=\"[2001:db8::1]:4711\"")).isEqualTo("2001:db8:0:0:0:0:0:1");
        assertThat(forwarded("for=1.1.1.1, for=198.51.100.1", "for=10.9.9.9")).isEqualTo("198.51.100.1");
        assertThat(forwarded("for=unknown")).isEqualTo(PROXY);
        assertThat(forwarded("host=for=198.51.100.1")).isEqualTo(PROXY);
    }

    @Test
    void aHugeHeaderIsReadFromItsEnd() {
        assertThat(forwardedFor(PROXY, "1.1.1.1, ".repeat(10_000) + "198.51.100.1"))
                .isEqualTo("198.51.100.1");
        assertThat(forwardedFor(PROXY, "10.0.0.1, ".repeat(10_000) + "10.0.0.2"))
                .isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.1, 198.51.100.1",
        "2001:db8:1:2:3:4:5:6, 20010db800010002::/64",
        "2001:db8:1:2::, 20010db800010002::/64",
        "2001:db8:1:3::, 20010db800010003::/64"
    })
    void aNetworkOfIpv6CountsAsOne(String address, String network) {
        assertThat(ClientAddress.network(address)).isEqualTo(network);
    }
}
