package io.cloneplatform.common.launch;

import io.cloneplatform.common.config.ConfigException;
import io.cloneplatform.common.config.PlatformConfig;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one way a service's {@code main} starts: read the environment, start, stop on SIGTERM. */
public final class ServiceMain {
    private ServiceMain() {}

    /** Runs one service in this process until it is told to stop; exits with 1 when it cannot start. */
    public static void run(ServiceModule module) {
        try {
            PlatformConfig config = PlatformConfig.readForService(System.getenv());
            Logging.configure(config.logFormat());
            requireFreePorts(config, module);
            Platform platform = Platform.start(config, module.name(), List.of(module));
            Runtime.getRuntime().addShutdownHook(new Thread(platform::close, "shutdown"));
            logger().info("{} is ready", module.name());
        } catch (ConfigException | StartException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (Exception e) {
            logger().error("{} cannot start: {}", module.name(), e.getMessage(), e);
            System.exit(1);
        }
    }

    // Before the process joins the others: one that cannot serve must not be taken for one that can.
    private static void requireFreePorts(PlatformConfig config, ServiceModule module) {
        List<Ports.Port> ports = new ArrayList<>(module.ports(config));
        ports.add(new Ports.Port("MANAGEMENT_PORT", config.httpHost(), config.managementPort()));
        Ports.requireFree(ports);
    }

    // Looked up late: the first logger made fixes the log format.
    private static Logger logger() {
        return LoggerFactory.getLogger(ServiceMain.class);
    }
}
