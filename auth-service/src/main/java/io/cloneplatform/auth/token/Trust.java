package io.cloneplatform.auth.token;

import io.cloneplatform.auth.Secrets;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.config.Secret;
import io.cloneplatform.common.launch.Chore;
import io.cloneplatform.common.launch.Node;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Establishes, once for all instances, the key that signs tokens and the admin key, and tells gateways whom to trust.
 */
public final class Trust {
    private static final long LOOK_EVERY_MS = 1_000;
    private static final long CHECK_AGE_EVERY_MS = TimeUnit.HOURS.toMillis(1);

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final int ATTEMPTS = 10;

    private final Node node;
    private final TrustStore store = new TrustStore();

    public Trust(Node node) {
        this.node = node;
    }

    /** Makes what is missing at the first start of an installation; gives the issuer that signs with the newest key. */
    public Future<TokenIssuer> establish() {
        // Made before the lock is taken, so that instances that start together wait for each other only briefly.
        return node.vertx()
                .executeBlocking(SigningKey::generate)
                .compose(candidate -> firstStart(candidate, ATTEMPTS))
                .onSuccess(generated -> generated.ifPresent(Trust::show))
                .compose(done -> store.signingKey(node.pool()))
                .compose(key -> node.vertx().executeBlocking(() -> TokenIssuer.with(node.vertx(), key)))
                .onSuccess(this::keepUp);
    }

    private void keepUp(TokenIssuer issuer) {
        Chore.every(node, LOOK_EVERY_MS, "The key that signs tokens was not looked up", () -> follow(issuer));
        Chore.every(node, CHECK_AGE_EVERY_MS, "The age of the signing key was not checked", this::rotateIfOld);
    }

    private Future<Void> follow(TokenIssuer issuer) {
        return store.signingKey(node.pool())
                .compose(key -> node.vertx().executeBlocking(() -> {
                    issuer.use(key);
                    return null;
                }))
                .mapEmpty();
    }

    private Future<Boolean> rotateIfOld() {
        return node.vertx()
                .executeBlocking(SigningKey::generate)
                .compose(key ->
                        store.rotateIfOlder(node.pool(), key, node.config().signingKeyDays()));
    }

    // On a busy machine the instance that was faster may take longer than a statement may wait for a lock.
    private Future<Optional<String>> firstStart(SigningKey candidate, int attempts) {
        return node.pool()
                .withTransaction(tx -> firstStart(tx, candidate))
                .recover(failure ->
                        attempts > 1 && failure instanceof PgException e && LOCK_NOT_AVAILABLE.equals(e.getSqlState())
                                ? firstStart(candidate, attempts - 1)
                                : Future.failedFuture(failure));
    }

    private Future<Optional<String>> firstStart(SqlConnection tx, SigningKey candidate) {
        return store.lockFirstStart(tx)
                .compose(locked -> store.addKeyIfNone(tx, candidate))
                .compose(added -> node.config()
                        .adminKey()
                        .map(configured -> adopt(tx, configured))
                        .orElseGet(() -> generateAdminKey(tx)));
    }

    private Future<Optional<String>> adopt(SqlConnection tx, Secret configured) {
        return store.setAdminKey(tx, Secrets.sha256(configured.value()))
                .compose(adopted -> adopted ? AdminKey.recordAdoption(tx) : Future.succeededFuture())
                .map(Optional.empty());
    }

    private Future<Optional<String>> generateAdminKey(SqlConnection tx) {
        String key = Secrets.random();
        return store.setAdminKeyIfNone(tx, Secrets.sha256(key))
                .map(isNew -> isNew ? Optional.of(key) : Optional.empty());
    }

    // On standard output and not in the log: logs are collected and kept.
    private static void show(String adminKey) {
        System.out.println("Admin key (shown once, keep it safe): " + adminKey);
    }

    /** {@code auth.trust}: public keys, sessions revoked lately, and the hash of the admin key. */
    public Future<Reply> answer(Request request) {
        return store.trust(node.pool(), request.params().get("since")).map(Reply::okJson);
    }

    /** {@code auth.jwks}: the public keys of tokens that may still be valid, as RFC 7517 has them. */
    public Future<Reply> jwks(Request request) {
        return store.publicKeys(node.pool()).map(keys -> Reply.ok(Jwks.of(keys)));
    }
}
