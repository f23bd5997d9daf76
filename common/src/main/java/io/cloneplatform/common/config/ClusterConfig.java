package io.cloneplatform.common.config;

import java.util.List;
import java.util.Optional;

/**
 * How processes find each other.
 *
 * @param mode {@code off}, {@code tcp} or {@code kubernetes}
 * @param name only processes of one name join each other
 * @param host the address to bind and announce
 * @param port Hazelcast's port; the next free one is taken when it is in use
 * @param members {@code host[:port]} of processes to join in mode {@code tcp}
 * @param dns the headless service to look up in mode {@code kubernetes}
 * @param tls how the event bus is secured, if it is
 */
public record ClusterConfig(
        String mode, String name, String host, int port, List<String> members, String dns, Optional<BusTls> tls) {
    /** Whether this process joins others at all. */
    public boolean on() {
        return !mode.equals("off");
    }

    static ClusterConfig read(Env env) {
        ClusterConfig config = new ClusterConfig(
                env.oneOf("CLUSTER", "off", "off", "tcp", "kubernetes"),
                env.text("CLUSTER_NAME", "clone-platform"),
                env.text("CLUSTER_HOST", "127.0.0.1"),
                env.port("CLUSTER_PORT", 5701),
                env.list("CLUSTER_MEMBERS", List.of("127.0.0.1")),
                env.text("CLUSTER_DNS", ""),
                BusTls.read(env));
        if (config.mode.equals("kubernetes") && config.dns.isEmpty()) {
            env.problem("CLUSTER_DNS", "is required when CLUSTER is kubernetes");
        }
        return config;
    }
}
