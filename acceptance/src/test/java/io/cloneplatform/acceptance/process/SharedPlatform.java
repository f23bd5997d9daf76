package io.cloneplatform.acceptance.process;

import io.cloneplatform.common.testing.TestDatabase;

/** One all-in-one process for tests that only need the platform as it is; started with the first of them. */
final class SharedPlatform {
    static final String ADMIN_KEY = "shared-admin-key-for-tests";
    private static final String DATABASE = TestDatabase.create();
    private static PlatformProcess running;

    private SharedPlatform() {}

    static Api api() {
        return ready().api();
    }

    /** Its management port. */
    static Api management() {
        return ready().launch().management();
    }

    /** Its database, for who does something with it beside the platform. */
    static String databaseUrl() {
        return DATABASE;
    }

    private static synchronized PlatformProcess ready() {
        if (running == null) {
            running = Launch.jar("standalone")
                    .with("DATABASE_URL", DATABASE, "ADMIN_KEY", ADMIN_KEY)
                    .start();
        }
        return running.awaitReady();
    }
}
