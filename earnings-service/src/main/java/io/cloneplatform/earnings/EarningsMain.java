package io.cloneplatform.earnings;

import io.cloneplatform.common.launch.ServiceMain;

/** Runs the earnings service alone in one process. */
public final class EarningsMain {
    private EarningsMain() {}

    /** Starts it. */
    public static void main(String[] args) {
        ServiceMain.run(new EarningsService());
    }
}
