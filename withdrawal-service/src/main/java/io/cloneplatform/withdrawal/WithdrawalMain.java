package io.cloneplatform.withdrawal;

import io.cloneplatform.common.launch.ServiceMain;

/** Runs the withdrawal service alone in this process. */
public final class WithdrawalMain {
    private WithdrawalMain() {}

    /** Starts it. */
    public static void main(String[] args) {
        ServiceMain.run(new WithdrawalService());
    }
}
