package io.cloneplatform.gateway.caller;

import io.cloneplatform.common.config.Network;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a request comes from. What {@code X-Forwarded-For} or {@code Forwarded} (RFC 7239) say is believed of trusted
 * proxies alone, and of what they say only what the last of them saw: the rest is whatever the client wrote there.
 */
public final class ClientAddress {
    private static final int MOST_HOPS = 32;
    private static final int MOST_CHARACTERS = 2_048;
    private static final Pattern FOR = Pattern.compile("(?i)(?:^|[;,\\s])for=(?:\"([^\"]*)\"|([^;,\\s]*))");
    private static final Pattern BRACKETS = Pattern.compile("\\[([0-9a-fA-F:.]+)](?::\\d{1,5})?");
    private static final Pattern IPV4_AND_PORT = Pattern.compile("([0-9.]+):\\d{1,5}");

    private final List<Network> trusted;

    /** Addresses as the proxies in these networks tell them. */
    public ClientAddress(List<String> trustedProxies) {
        this.trusted = trustedProxies.stream()
                .map(Network::read)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The address of the client that made a request. */
    public String of(HttpServerRequest request) {
        String peer = request.remoteAddress().hostAddress();
        return trusted.isEmpty() ? peer : of(peer, request.headers());
    }

    /** The address behind a peer that sent these headers. */
    String of(String peer, MultiMap headers) {
        Optional<InetAddress> nearest = Network.address(peer);
        if (nearest.filter(this::isTrusted).isEmpty()) {
            return peer;
        }
        List<String> hops = hops(headers);
        InetAddress known = nearest.get();
        for (int i = hops.size() - 1; i >= 0 && i >= hops.size() - MOST_HOPS; i--) {
            Optional<InetAddress> hop = Network.address(bare(hops.get(i)));
            if (hop.isEmpty()) {
                break; // whoever wrote this knew no address; what stands before it came from further away
            }
            known = hop.get();
            if (!isTrusted(known)) {
                break;
            }
        }
        return known.getHostAddress();
    }

    /** Whether an address is one of a trusted proxy. */
    public boolean isTrusted(String address) {
        return !trusted.isEmpty()
                && Network.address(address).filter(this::isTrusted).isPresent();
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }

    private static List<String> hops(MultiMap headers) {
        List<String> forwardedFor = headers.getAll("X-Forwarded-For");
        if (!forwardedFor.isEmpty()) {
            return Arrays.stream(end(String.join(",", forwardedFor)).split(",", -1))
                    .map(String::strip)
                    .toList();
        }
        Matcher matcher = FOR.matcher(end(String.join(",", headers.getAll("Forwarded"))));
        return matcher.results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .toList();
    }

    private static String end(String text) {
        return text.substring(Math.max(0, text.length() - MOST_CHARACTERS));
    }

    private static String bare(String hop) {
        Matcher brackets = BRACKETS.matcher(hop);
        if (brackets.matches()) {
            return brackets.group(1);
        }
        Matcher port = IPV4_AND_PORT.matcher(hop);
        return port.matches() ? port.group(1) : hop;
    }

    /** What stands for everybody behind an address: itself, or the network of 64 bits of an IPv6 address. */
    public static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        byte[] bytes = Network.address(address).map(InetAddress::getAddress).orElse(new byte[0]);
        if (bytes.length != 16) {
            return address;
        }
        StringBuilder network = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            network.append(Character.forDigit(bytes[i] >> 4 & 15, 16)).append(Character.forDigit(bytes[i] & 15, 16));
        }
        return network.append("::/64").toString();
    }
}
