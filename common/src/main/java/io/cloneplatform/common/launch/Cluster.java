package io.cloneplatform.common.launch;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import io.cloneplatform.common.config.ClusterConfig;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

/** The Hazelcast cluster that carries the event bus: explicit discovery, failures noticed in seconds, no surprises. */
final class Cluster {
    private static final String NAME = "clone-platform";

    private Cluster() {}

    static ClusterManager manager(ClusterConfig cluster) {
        Config config = ConfigUtil.loadConfig()
                .setClusterName(NAME)
                .setProperty("hazelcast.logging.type", "slf4j")
                .setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.shutdownhook.enabled", "false")
                .setProperty("hazelcast.socket.bind.any", "false")
                .setProperty("hazelcast.heartbeat.interval.seconds", "1")
                .setProperty("hazelcast.max.no.heartbeat.seconds", "5")
                .setProperty("hazelcast.wait.seconds.before.join", "0")
                .setProperty("hazelcast.merge.first.run.delay.seconds", "10")
                .setProperty("hazelcast.merge.next.run.delay.seconds", "10");
        config.getNetworkConfig().setPort(cluster.port()).setPortAutoIncrement(true);
        config.getNetworkConfig().setPublicAddress(null);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface(cluster.host());
        discover(config.getNetworkConfig().getJoin(), cluster);
        return new HazelcastClusterManager(config);
    }

    private static void discover(JoinConfig join, ClusterConfig cluster) {
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        if (cluster.mode().equals("kubernetes")) {
            join.getKubernetesConfig().setEnabled(true).setProperty("service-dns", cluster.dns());
        } else {
            join.getTcpIpConfig().setEnabled(true).setMembers(cluster.members());
        }
    }
}
