package io.cloneplatform.benchmarks.seed;

import io.cloneplatform.benchmarks.stage.Database;
import io.cloneplatform.benchmarks.stage.Fleet;
import io.cloneplatform.benchmarks.stage.Platform;
import io.cloneplatform.benchmarks.stage.Stage;
import io.cloneplatform.benchmarks.stage.TemporaryDirectory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A platform full of members, and those of them who call it. */
public final class Site {
    private final Stage stage;
    private final Platform platform;
    private final Spread anywhere;
    private final Spread belowHub;
    private final Consumer<String> progress;
    private final Map<Long, String> tokens = new HashMap<>();

    private Site(Stage stage, Platform platform, Spread anywhere, Spread belowHub, Consumer<String> progress) {
        this.stage = stage;
        this.platform = platform;
        this.anywhere = anywhere;
        this.belowHub = belowHub;
        this.progress = progress;
    }

    /**
     * Fills a stage and starts the platform on it.
     *
     * @param members how many there are
     * @param callers how many of them are meant to call, at most
     */
    public static Site open(Stage stage, long members, int callers, Consumer<String> progress)
            throws InterruptedException {
        progress.accept("Seeding " + members + " members");
        Seed seed = new Seed(stage.database(), members);
        seed.write();
        Spread anywhere = seed.anywhere(callers);
        progress.accept("Seeding the baseline");
        Baseline.write(stage.database(), anywhere.numbers());
        stage.database().run("VACUUM ANALYZE");
        progress.accept("Starting the platform");
        return new Site(stage, stage.startPlatform(), anywhere, seed.belowHub(callers), progress);
    }

    /** A file with the access tokens of members, each known to the gateway. */
    public Path tokens(String name, List<Long> members) throws InterruptedException {
        List<Long> strangers =
                members.stream().filter(member -> !tokens.containsKey(member)).toList();
        if (!strangers.isEmpty()) {
            progress.accept("Introducing " + strangers.size() + " members to the gateway");
            try (Tokens issuer = new Tokens(stage.database())) {
                Map<Long, String> minted = strangers.stream().collect(Collectors.toMap(member -> member, issuer::mint));
                platform.introduce(minted.values());
                tokens.putAll(minted);
            }
        }
        return directory().file(name, members.stream().map(tokens::get).toList());
    }

    /** Starts a cluster beside the platform that knows the members of {@link #tokens} too. */
    public Fleet startFleet() throws InterruptedException {
        progress.accept("Starting a cluster of six processes");
        Fleet fleet = stage.startFleet(platform);
        fleet.gateway().introduce(tokens.values());
        return fleet;
    }

    /** Members all over the tree. */
    public Spread anywhere() {
        return anywhere;
    }

    /** Members whom one member has invited. */
    public Spread belowHub() {
        return belowHub;
    }

    /** The platform. */
    public Platform platform() {
        return platform;
    }

    /** Its database. */
    public Database database() {
        return stage.database();
    }

    /** Where files of the run go. */
    public TemporaryDirectory directory() {
        return stage.directory();
    }
}
