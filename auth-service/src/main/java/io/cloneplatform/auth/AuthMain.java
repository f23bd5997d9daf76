package io.cloneplatform.auth;

import io.cloneplatform.common.launch.ServiceMain;

/** Runs the auth service alone in a process. */
public final class AuthMain {
    private AuthMain() {}

    /** Starts the service and keeps it running until the process is told to stop. */
    public static void main(String[] args) {
        ServiceMain.run(new AuthService());
    }
}
