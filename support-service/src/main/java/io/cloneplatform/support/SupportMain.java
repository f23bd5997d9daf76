package io.cloneplatform.support;

import io.cloneplatform.common.launch.ServiceMain;

/** Runs the support service alone in a process. */
public final class SupportMain {
    private SupportMain() {}

    /** Starts it with the configuration of the environment. */
    public static void main(String[] args) {
        ServiceMain.run(new SupportService());
    }
}
