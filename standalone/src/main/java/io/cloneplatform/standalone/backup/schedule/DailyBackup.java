package io.cloneplatform.standalone.backup.schedule;

import io.cloneplatform.common.config.BackupConfig;
import io.cloneplatform.common.launch.Node;
import io.cloneplatform.common.launch.ServiceModule;
import io.cloneplatform.common.metrics.Counts;
import io.cloneplatform.standalone.backup.Backup;
import io.cloneplatform.standalone.backup.BackupException;
import io.cloneplatform.standalone.backup.BackupName;
import io.cloneplatform.standalone.backup.Backups;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a backup every day and removes old ones, on a thread of its own. One that fails is told in the log,
 * counted, and tried again within the hour.
 */
public final class DailyBackup implements ServiceModule {
    private static final long LOOK_MS = 30_000;
    private static final long LONGEST_HOURS = 12;
    private static final String HAS_MEMBERS = "SELECT EXISTS (SELECT FROM member) AS members";

    private final BackupConfig config;
    private final Backups backups;
    private final Timetable timetable;
    private final long lookMs;
    private final AtomicBoolean underWay = new AtomicBoolean();
    private final AtomicLong lastSuccess = new AtomicLong();
    private volatile Optional<Instant> newest = Optional.empty();
    private volatile Optional<Instant> failed = Optional.empty();
    private volatile boolean unreadable;

    /** The backups of the database of the process that this is deployed in. */
    public DailyBackup(BackupConfig config) {
        this(config, new Timetable(config.at(), Instant.now()), LOOK_MS);
    }

    DailyBackup(BackupConfig config, Timetable timetable, long lookMs) {
        this.config = config;
        this.backups = Backups.in(config.directory());
        this.timetable = timetable;
        this.lookMs = lookMs;
    }

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public Future<Void> deploy(Node node) {
        Counts counts = new Counts(node.metrics());
        counts.gauge(
                "clone.backup.last.success.timestamp.seconds",
                "The moment of the newest backup, in seconds since 1970; 0 without any",
                lastSuccess::get);
        Runnable failures = counts.counter("clone.backup.failures", "Backups that were to be made and were not");
        WorkerExecutor thread =
                node.vertx().createSharedWorkerExecutor("clone-backup", 1, LONGEST_HOURS, TimeUnit.HOURS);
        return thread.executeBlocking(this::look)
                .onSuccess(looked -> node.vertx().setPeriodic(lookMs, timer -> round(node, thread, failures)))
                .mapEmpty();
    }

    // A directory that cannot be read is told once, and keeps nobody from starting.
    private Void look() {
        try {
            newest = backups.newest().flatMap(Backup::createdAt);
            lastSuccess.set(newest.map(Instant::getEpochSecond).orElse(0L));
            unreadable = false;
        } catch (BackupException e) {
            if (!unreadable) {
                log().warn("{}", e.getMessage());
            }
            unreadable = true;
        }
        return null;
    }

    private void round(Node node, WorkerExecutor thread, Runnable failures) {
        if (node.departure().begun() || !underWay.compareAndSet(false, true)) {
            return;
        }
        thread.executeBlocking(this::look)
                .compose(looked -> isDue() ? hasMembers(node) : Future.succeededFuture(false))
                .compose(wanted -> wanted ? thread.executeBlocking(() -> make(node)) : Future.succeededFuture())
                .onFailure(failure -> {
                    if (!node.departure().begun()) {
                        failed = Optional.of(Instant.now());
                        failures.run();
                        log().error("No backup was made, trying again within the hour: {}", failure.getMessage());
                    }
                })
                .onComplete(done -> underWay.set(false));
    }

    private boolean isDue() {
        return !Instant.now().isBefore(timetable.due(newest, failed));
    }

    private static Future<Boolean> hasMembers(Node node) {
        return node.pool().query(HAS_MEMBERS).execute().map(rows -> rows.iterator()
                .next()
                .getBoolean("members"));
    }

    private Void make(Node node) {
        Backup made = backups.create(node.config().database(), BackupName.of(Instant.now()), progress -> {});
        failed = Optional.empty();
        look();
        log().info("Made backup {}, {} bytes", made.name().text(), made.bytes());
        List<Backup> old = backups.old(config.keep(), false, Instant.now());
        backups.remove(old);
        old.forEach(backup -> log().info("Removed backup {}", backup.name().text()));
        return null;
    }

    // Looked up late: the first logger made fixes the log format.
    private static Logger log() {
        return LoggerFactory.getLogger(DailyBackup.class);
    }
}
