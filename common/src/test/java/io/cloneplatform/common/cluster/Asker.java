package io.cloneplatform.common.cluster;

import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.BusClient;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.bus.Trace;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.launch.Node;
import io.cloneplatform.common.launch.ServiceModule;
import io.cloneplatform.common.testing.TestPlatform;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process that asks the others, as the gateway does. */
final class Asker implements ServiceModule {
    private BusClient bus;

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public Future<Void> deploy(Node node) {
        bus = node.bus();
        return Future.succeededFuture();
    }

    Reply ask() {
        Request request = new Request(
                Addresses.WITHDRAWAL_REQUEST,
                TestPlatform.admin(),
                Map.of(),
                Json.object(),
                null,
                System.currentTimeMillis() + 2_000,
                new Trace("test", null));
        return bus.request(request, false).await();
    }

    /** Ports for processes that must know of each other before they start. */
    static List<String> freePorts(int number) throws IOException {
        List<String> ports = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                ports.add(Integer.toString(socket.getLocalPort()));
            }
        }
        return ports;
    }
}
