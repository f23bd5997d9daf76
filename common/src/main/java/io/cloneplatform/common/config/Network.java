package io.cloneplatform.common.config;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** A network of addresses in CIDR notation, such as {@code 10.0.0.0/8}, or a single address; never a name. */
public final class Network {
    private final IpSubnetFilterRule rule;

    private Network(IpSubnetFilterRule rule) {
        this.rule = rule;
    }

    /** Whether a text stands for a network. */
    public static boolean isOne(String text) {
        return read(text).isPresent();
    }

    /** The network that a text stands for; empty when it stands for none. */
    public static Optional<Network> read(String text) {
        int slash = text.indexOf('/');
        return address(slash < 0 ? text : text.substring(0, slash)).flatMap(address -> {
            int most = address.getAddress().length * Byte.SIZE;
            try {
                int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
                return bits < 0 || bits > most
                        ? Optional.empty()
                        : Optional.of(new Network(new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT)));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    /** An address as it is written, without asking any name service; empty when it is none. */
    public static Optional<InetAddress> address(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        try {
            return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether an address belongs to it; an IPv4 address written as IPv6 is the IPv4 address. */
    public boolean contains(InetAddress address) {
        return rule.matches(new InetSocketAddress(address, 0));
    }
}
