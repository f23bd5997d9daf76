package io.cloneplatform.common.config;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How processes find each other.
 *
 * @param mode {@code off}, {@code tcp} or {@code kubernetes}
 * @param name only processes of one name join each other
 * @param host the address to bind and announce; a name was looked up once
 * @param port Hazelcast's port; the next free one is taken when it is in use
 * @param busPort the event bus's port; 0 takes any free one
 * @param members {@code host[:port]} of processes to join in mode {@code tcp}
 * @param dns the headless service to look up in mode {@code kubernetes}
 * @param tls how the event bus is secured, if it is
 */
public record ClusterConfig(
        String mode,
        String name,
        String host,
        int port,
        int busPort,
        List<String> members,
        String dns,
        Optional<BusTls> tls) {
    // A container learns its address when it starts, so nobody can write it down before.
    private static final String SELF = "self";
    private static final Pattern MEMBER = Pattern.compile("([^\\s:\\[\\]]+|\\[[0-9a-fA-F:.]+])(:[0-9]{1,5})?");

    /** Whether this process joins others at all. */
    public boolean on() {
        return !mode.equals("off");
    }

    static ClusterConfig read(Env env) {
        String mode = env.oneOf("CLUSTER", "off", "off", "tcp", "kubernetes");
        String host = env.text("CLUSTER_HOST", "127.0.0.1");
        ClusterConfig config = new ClusterConfig(
                mode,
                env.text("CLUSTER_NAME", "clone-platform"),
                mode.equals("off") ? host : address(env, host),
                env.port("CLUSTER_PORT", 5701),
                env.port("CLUSTER_BUS_PORT", 0),
                env.list("CLUSTER_MEMBERS", List.of("127.0.0.1")),
                env.text("CLUSTER_DNS", ""),
                BusTls.read(env));
        config.check(env);
        return config;
    }

    private void check(Env env) {
        if (mode.equals("kubernetes") && dns.isEmpty()) {
            env.problem("CLUSTER_DNS", "is required when CLUSTER is kubernetes");
        }
        for (String member : members) {
            if (!MEMBER.matcher(member).matches()) {
                env.problem("CLUSTER_MEMBERS", "expected host[:port], got '" + member + "'");
            }
        }
    }

    // Hazelcast takes addresses alone, and says with a stack trace what it does not like about one.
    private static String address(Env env, String host) {
        try {
            InetAddress address = host.equals(SELF) ? InetAddress.getLocalHost() : InetAddress.getByName(host);
            if (address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) == null) {
                env.problem("CLUSTER_HOST", "'" + host + "' is no address of this machine that others could reach");
            }
            return address.getHostAddress();
        } catch (UnknownHostException e) {
            env.problem(
                    "CLUSTER_HOST", "'" + host + "' is not known here; expected an address or name of this machine");
        } catch (SocketException e) {
            env.problem("CLUSTER_HOST", "'" + host + "' could not be looked up: " + e.getMessage());
        }
        return host;
    }
}
