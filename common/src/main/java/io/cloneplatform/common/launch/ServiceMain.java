package io.cloneplatform.common.launch;

import io.cloneplatform.common.config.ConfigException;
import io.cloneplatform.common.config.PlatformConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one way a service's {@code main} starts: read the environment, start, stop on SIGTERM. */
public final class ServiceMain {
    private ServiceMain() {}

    /**
     * Runs one service in this process until it is told to stop, which ends the process with 0; ends it with 1 when it
     * cannot start. A service that others no longer reach is started anew.
     */
    public static void run(ServiceModule module) {
        try {
            PlatformConfig config = PlatformConfig.readForService(System.getenv());
            Logging.configure(config.logFormat());
            requireFreePorts(config, module);
            serve(config, module);
        } catch (ConfigException | StartException e) {
            System.err.println(e.getMessage());
            Runtime.getRuntime().halt(1);
        } catch (Exception e) {
            logger().error("{} cannot start: {}", module.name(), e.getMessage(), e);
            Runtime.getRuntime().halt(1);
        }
    }

    // Before the process joins the others: one that cannot serve must not be taken for one that can.
    private static void requireFreePorts(PlatformConfig config, ServiceModule module) {
        List<Ports.Port> ports = new ArrayList<>(module.ports(config));
        ports.add(new Ports.Port("MANAGEMENT_PORT", config.httpHost(), config.managementPort()));
        Ports.requireFree(ports);
    }

    private static void serve(PlatformConfig config, ServiceModule module) {
        AtomicReference<Platform> running = new AtomicReference<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running.get(), module), "shutdown"));
        while (true) {
            Platform platform = Platform.start(config, module.name(), List.of(module));
            running.set(platform);
            logger().info("{} is ready", module.name());
            platform.awaitBroken();
            logger().error("{} starts anew", module.name());
            platform.close();
        }
    }

    // A stop that was asked for is a success, whichever signal asked.
    private static void stop(Platform platform, ServiceModule module) {
        if (platform != null) {
            logger().info("{} stops", module.name());
            platform.close();
        }
        Logging.end();
        Runtime.getRuntime().halt(0);
    }

    // Looked up late: the first logger made fixes the log format.
    private static Logger logger() {
        return LoggerFactory.getLogger(ServiceMain.class);
    }
}
