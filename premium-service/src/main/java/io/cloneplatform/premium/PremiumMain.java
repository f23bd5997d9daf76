package io.cloneplatform.premium;

import io.cloneplatform.common.launch.ServiceMain;

/** Runs the premium service alone in this process. */
public final class PremiumMain {
    private PremiumMain() {}

    /** Starts it. */
    public static void main(String[] args) {
        ServiceMain.run(new PremiumService());
    }
}
