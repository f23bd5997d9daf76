package io.cloneplatform.benchmarks.growth;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.benchmarks.seed.Tokens;
import io.cloneplatform.benchmarks.stage.Closer;
import io.cloneplatform.benchmarks.stage.Database;
import io.cloneplatform.benchmarks.stage.Platform;
import io.cloneplatform.benchmarks.stage.Stage;
import java.util.function.Consumer;

/** A platform full of members who did something for a year. */
record Community(Database database, Platform platform, Side side) {
    /** Fills a stage, unless it is full from before, and starts the platform on it. */
    static Community open(Closer closer, Stage stage, long members, Consumer<String> progress)
            throws InterruptedException {
        Database database = stage.database();
        if (!CommunitySeed.isWritten(database, members)) {
            progress.accept("Seeding " + members + " members");
            CommunitySeed.write(database, members, progress);
        }
        progress.accept("Starting the platform of " + members + " members");
        Platform platform = stage.startPlatform();
        Tokens tokens = closer.keep(() -> new Tokens(database));
        return new Community(
                database, platform, new Side(platform.url(), platform.adminKey(), new Population(members), tokens));
    }

    int calls() {
        return CommunitySeed.calls(database);
    }

    void noteCalls(int calls) {
        CommunitySeed.noteCalls(database, calls);
    }

    JsonNode verify() {
        return platform.verify();
    }
}
