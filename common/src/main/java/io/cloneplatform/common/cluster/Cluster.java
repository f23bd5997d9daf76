package io.cloneplatform.common.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.map.IMap;
import com.hazelcast.multimap.MultiMap;
import io.cloneplatform.common.config.ClusterConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastRegistrationInfo;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Hazelcast cluster that carries the event bus: explicit discovery, failures noticed in seconds, and the two facts that
 * everything about healing rests on: which processes live, and what the bus believes they serve.
 */
public final class Cluster {
    /** Goes up when envelopes change in a way that an older process cannot read; processes of two versions never join. */
    public static final int WIRE_VERSION = 1;

    private static final String NODE_ID = "__vertx.nodeId";
    private static final String REGISTRATIONS = "__vertx.subs";

    // For so long those who start together ask each other who leads, in either mode, before one of them offers to.
    private static final int SECONDS_TO_FIND_A_LEADER = 2;
    private static final int CONNECT_LIMIT_SECONDS = 2;
    private static final String BUCKETS = "clone.limits";
    private static final int BUCKETS_PER_PROCESS = 200_000;

    private final HazelcastClusterManager manager;

    /** A cluster to build Vert.x with; nothing is joined yet. */
    public Cluster(ClusterConfig config) {
        this.manager = new HazelcastClusterManager(hazelcast(config));
    }

    // Written here and not in XML, whose parser alone takes a tenth of a service's start. Hazelcast's own clients
    // have no way in: nobody here has any.
    static Config hazelcast(ClusterConfig cluster) {
        Config config = new Config()
                .setClusterName(cluster.name() + "-wire-" + WIRE_VERSION)
                .setProperty("hazelcast.logging.type", "slf4j")
                .setProperty("hazelcast.health.monitoring.level", "OFF")
                .setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.shutdownhook.enabled", "false")
                .setProperty("hazelcast.socket.bind.any", "false")
                // All it holds is a few dozen registrations. A process that comes back to its address waits until every
                // partition has been taken from the one that died there.
                .setProperty("hazelcast.partition.count", "31")
                .setProperty("hazelcast.heartbeat.interval.seconds", "1")
                .setProperty("hazelcast.max.no.heartbeat.seconds", "5")
                .setProperty("hazelcast.operation.call.timeout.millis", "15000")
                .setProperty("hazelcast.graceful.shutdown.max.wait", "5")
                .setProperty("hazelcast.wait.seconds.before.join", "0")
                // Of an address without a port, as many as there may be processes on one host.
                .setProperty("hazelcast.tcp.join.port.try.count", "16")
                // Also a number of tries with growing pauses, six seconds in all: until then those who have not noticed
                // that the leader is gone are asked again by who is to lead, and after that left out until a merge.
                .setProperty("hazelcast.mastership.claim.timeout.seconds", "25")
                .setProperty("hazelcast.merge.first.run.delay.seconds", "5")
                .setProperty("hazelcast.merge.next.run.delay.seconds", "5");
        config.getMetricsConfig().setEnabled(false);
        // One copy besides the first: more make a process that comes back to its address wait for seconds, and what
        // half of a cluster takes along is registered again.
        config.getMultiMapConfig(REGISTRATIONS).setValueCollectionType(MultiMapConfig.ValueCollectionType.SET);
        // Counts of the last minute: who loses one counts anew, and the least used make room.
        config.getMapConfig(BUCKETS)
                .setBackupCount(0)
                .setEvictionConfig(new EvictionConfig()
                        .setEvictionPolicy(EvictionPolicy.LRU)
                        .setMaxSizePolicy(MaxSizePolicy.PER_NODE)
                        .setSize(BUCKETS_PER_PROCESS));
        config.getAdvancedNetworkConfig().setEnabled(true).setMemberEndpointConfig(endpoint(cluster));
        discover(config.getAdvancedNetworkConfig().getJoin(), cluster);
        return config;
    }

    private static ServerSocketEndpointConfig endpoint(ClusterConfig cluster) {
        ServerSocketEndpointConfig endpoint =
                new ServerSocketEndpointConfig().setPort(cluster.port()).setPortAutoIncrement(true);
        // A host that is cut off does not even refuse; without a limit nobody could lead while it is so.
        endpoint.setSocketConnectTimeoutSeconds(CONNECT_LIMIT_SECONDS);
        endpoint.getInterfaces().setEnabled(true).addInterface(cluster.host());
        return endpoint;
    }

    private static void discover(JoinConfig join, ClusterConfig cluster) {
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setConnectionTimeoutSeconds(SECONDS_TO_FIND_A_LEADER);
        if (cluster.mode().equals("kubernetes")) {
            join.getKubernetesConfig().setEnabled(true).setProperty("service-dns", cluster.dns());
        } else {
            join.getTcpIpConfig()
                    .setEnabled(true)
                    .setMembers(cluster.members().stream()
                            .flatMap(Cluster::addresses)
                            .toList());
        }
    }

    // Hazelcast, told which interface to use, leaves out every name that does not stand for this machine.
    private static Stream<String> addresses(String member) {
        int colon = member.lastIndexOf(':');
        String host = colon < 0 ? member : member.substring(0, colon);
        String port = colon < 0 ? "" : member.substring(colon);
        try {
            return Stream.of(InetAddress.getAllByName(host))
                    .filter(Inet4Address.class::isInstance)
                    .map(address -> address.getHostAddress() + port);
        } catch (UnknownHostException e) {
            return Stream.of(member);
        }
    }

    /** What Vert.x joins with. */
    public ClusterManager manager() {
        return manager;
    }

    /** The id of this process in the cluster; another one after each start. */
    public String nodeId() {
        return manager.getNodeId();
    }

    /** The processes that live, this one included. */
    public List<String> live() {
        return manager.getNodes();
    }

    /** Whether this process is one of those that live. */
    public boolean joined() {
        return manager.isActive()
                && manager.getHazelcastInstance().getLifecycleService().isRunning()
                && live().contains(nodeId());
    }

    /** Tells of each process that leaves or is given up, as soon as this one knows, on a thread of Hazelcast's. */
    public void onLeft(Consumer<String> listener) {
        manager.getHazelcastInstance().getCluster().addMembershipListener(new MembershipListener() {
            @Override
            public void memberAdded(MembershipEvent event) {}

            @Override
            public void memberRemoved(MembershipEvent event) {
                String left = event.getMember().getAttribute(NODE_ID);
                if (left != null) {
                    listener.accept(left);
                }
            }
        });
    }

    /** What the processes count together, each entry for a minute or so. */
    public IMap<String, byte[]> buckets() {
        return manager.getHazelcastInstance().getMap(BUCKETS);
    }

    /** The time that all processes agree on, whatever their own clocks say; milliseconds since 1970. */
    public long time() {
        return manager.getHazelcastInstance().getCluster().getClusterTime();
    }

    /** The processes that the bus believes to serve an address. */
    public Future<List<String>> serving(String address) {
        return registrations(address)
                .map(all ->
                        all.stream().map(RegistrationInfo::nodeId).distinct().toList());
    }

    Future<List<RegistrationInfo>> registrations(String address) {
        Promise<List<RegistrationInfo>> promise = Promise.promise();
        manager.getRegistrations(address, promise);
        return promise.future();
    }

    Future<Void> register(String address, RegistrationInfo registration) {
        Promise<Void> promise = Promise.promise();
        manager.addRegistration(address, registration, promise);
        return promise.future();
    }

    /** Whether others can look up how to reach this process; says it again when they cannot. Blocks. */
    boolean announceNode() {
        Map<String, Object> nodes = manager.getHazelcastInstance().getMap("__vertx.nodeInfo");
        boolean known = nodes.containsKey(nodeId());
        if (!known) {
            manager.setNodeInfo(manager.getNodeInfo(), Promise.promise());
        }
        return known;
    }

    /** The processes that the bus has registrations of. Blocks. */
    Set<String> registered() {
        return subscriptions().values().stream()
                .map(registration -> registration.unwrap().nodeId())
                .collect(Collectors.toSet());
    }

    /** Drops all registrations of a process that lives no more; returns how many there were. Blocks. */
    long forget(String nodeId) {
        MultiMap<String, HazelcastRegistrationInfo> subscriptions = subscriptions();
        return subscriptions.entrySet().stream()
                .filter(entry -> entry.getValue().unwrap().nodeId().equals(nodeId))
                .filter(entry -> subscriptions.remove(entry.getKey(), entry.getValue()))
                .count();
    }

    private MultiMap<String, HazelcastRegistrationInfo> subscriptions() {
        return manager.getHazelcastInstance().getMultiMap(REGISTRATIONS);
    }
}
