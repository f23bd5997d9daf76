package io.cloneplatform.common.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.JoinConfig;
import io.cloneplatform.common.config.PlatformConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterTest {
    // Hazelcast leaves out names of other machines without a word; it must never get to see one.
    @Test
    void looksUpTheNamesInTheListOfMembers() {
        assertThat(join(Map.of("CLUSTER", "tcp", "CLUSTER_MEMBERS", "localhost:5799,localhost,192.0.2.7:5701"))
                        .getTcpIpConfig()
                        .getMembers())
                .containsExactly("127.0.0.1:5799", "127.0.0.1", "192.0.2.7:5701");
    }

    @Test
    void findsOthersByDnsWithoutAskingAnybodyElse() {
        JoinConfig join = join(Map.of("CLUSTER", "kubernetes", "CLUSTER_DNS", "cluster"));
        assertThat(join.getKubernetesConfig().getProperties()).containsOnly(Map.entry("service-dns", "cluster"));
        assertThat(join.getMulticastConfig().isEnabled()).isFalse();
        assertThat(join.getAutoDetectionConfig().isEnabled()).isFalse();
        assertThat(join.getTcpIpConfig().isEnabled()).isFalse();
    }

    private static JoinConfig join(Map<String, String> environment) {
        return Cluster.hazelcast(PlatformConfig.read(environment).cluster())
                .getAdvancedNetworkConfig()
                .getJoin();
    }
}
