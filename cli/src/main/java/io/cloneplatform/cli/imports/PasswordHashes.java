package io.cloneplatform.cli.imports;

import io.cloneplatform.common.password.PasswordHasher;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Hashes withdrawal passwords with the platform's own hasher, on every core. */
final class PasswordHashes implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setBlockedThreadCheckInterval(1)
            .setBlockedThreadCheckIntervalUnit(TimeUnit.HOURS));
    private final int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
    private final PasswordHasher hasher = new PasswordHasher(vertx, threads);

    /** The hashes of these members' withdrawal passwords; those without a password are left out. */
    Map<UUID, String> of(List<MemberPlan> plans) {
        Map<UUID, String> hashes = new HashMap<>();
        List<MemberPlan> waiting =
                plans.stream().filter(plan -> plan.withdrawalPassword() != null).toList();
        // No more at once than the hasher's queue takes.
        int atOnce = threads * 8;
        for (int from = 0; from < waiting.size(); from += atOnce) {
            hash(waiting.subList(from, Math.min(waiting.size(), from + atOnce)), hashes);
        }
        return hashes;
    }

    private void hash(List<MemberPlan> plans, Map<UUID, String> hashes) {
        List<Future<String>> running = new ArrayList<>();
        plans.forEach(plan -> running.add(hasher.hash(plan.withdrawalPassword())));
        Future.all(running).await();
        for (int i = 0; i < plans.size(); i++) {
            hashes.put(plans.get(i).id(), running.get(i).result());
        }
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
