package io.cloneplatform.gateway;

import io.cloneplatform.common.launch.ServiceMain;

/** Runs the gateway as a process of its own. */
public final class GatewayMain {
    private GatewayMain() {}

    /** Starts it with the settings of the environment. */
    public static void main(String[] args) {
        ServiceMain.run(new GatewayService());
    }
}
