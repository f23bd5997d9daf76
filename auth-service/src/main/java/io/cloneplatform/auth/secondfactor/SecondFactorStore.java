package io.cloneplatform.auth.secondfactor;

import io.cloneplatform.auth.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The second factors of admins and their recovery codes. */
final class SecondFactorStore {
    // With the time of the one clock that all processes share.
    private static final String LOCK =
            """
            SELECT secret, confirmed_at IS NOT NULL AS confirmed, last_step, failures, locked_until, clock_timestamp() AS now
            FROM second_factor WHERE admin_id = $1 FOR UPDATE
            """;

    private static final String ENROL =
            """
            INSERT INTO second_factor AS f (admin_id, secret) VALUES ($1, $2)
            ON CONFLICT (admin_id) DO UPDATE SET secret = excluded.secret, created_at = now()
            WHERE f.confirmed_at IS NULL
            """;

    private static final String CONFIRM = "UPDATE second_factor SET confirmed_at = now() WHERE admin_id = $1";

    private static final String TAKE =
            "UPDATE second_factor SET last_step = greatest(last_step, $2), failures = 0, locked_until = NULL WHERE admin_id = $1";

    private static final String COUNT_FAILURE =
            """
            UPDATE second_factor SET failures = (failures + 1) % $2::integer,
              locked_until = CASE WHEN failures + 1 >= $2::integer THEN clock_timestamp() + interval '15 minutes' END
            WHERE admin_id = $1
            """;

    private static final String USE_RECOVERY_CODE =
            "UPDATE recovery_code SET used_at = now() WHERE admin_id = $1 AND code_hash = $2 AND used_at IS NULL";

    private static final String ADD_RECOVERY_CODES =
            "INSERT INTO recovery_code (admin_id, code_hash) SELECT $1, h FROM unnest($2::text[]) h";

    private static final String REMOVE =
            """
            WITH codes AS (DELETE FROM recovery_code WHERE admin_id = $1)
            DELETE FROM second_factor WHERE admin_id = $1
            """;

    /**
     * A second factor whose row is locked.
     *
     * @param confirmed whether the admin has shown a code of it
     * @param lastStep the last step of which a code was taken
     * @param lockedUntil null unless too many wrong codes came
     * @param now the database's time
     */
    record Locked(String secret, boolean confirmed, long lastStep, OffsetDateTime lockedUntil, Instant now) {
        boolean isLocked() {
            return lockedUntil != null && lockedUntil.toInstant().isAfter(now);
        }

        private static Locked of(Row row) {
            return new Locked(
                    row.getString("secret"),
                    row.getBoolean("confirmed"),
                    row.getLong("last_step"),
                    row.getOffsetDateTime("locked_until"),
                    row.getOffsetDateTime("now").toInstant());
        }
    }

    /** The factor, which nobody else can use or change before this transaction ends. */
    Future<Optional<Locked>> lock(SqlConnection tx, UUID admin) {
        return tx.preparedQuery(LOCK)
                .mapping(Locked::of)
                .execute(Tuple.of(admin))
                .map(Rows::first);
    }

    /** Writes a secret that is not confirmed yet; false when one is. */
    Future<Boolean> enrol(SqlConnection tx, UUID admin, String secret) {
        return changed(tx, ENROL, Tuple.of(admin, secret));
    }

    Future<Void> confirm(SqlConnection tx, UUID admin, List<String> recoveryHashes) {
        Tuple codes = Tuple.of(admin).addArrayOfString(recoveryHashes.toArray(String[]::new));
        return changed(tx, CONFIRM, Tuple.of(admin))
                .compose(done -> changed(tx, ADD_RECOVERY_CODES, codes))
                .mapEmpty();
    }

    /** Uses up the codes up to a step, and forgets wrong ones. */
    Future<Void> take(SqlConnection tx, UUID admin, long step) {
        return changed(tx, TAKE, Tuple.of(admin, step)).mapEmpty();
    }

    /** Counts a wrong code; as many as the limit lock the factor for a while. */
    Future<Void> countFailure(SqlConnection tx, UUID admin, int limit) {
        return changed(tx, COUNT_FAILURE, Tuple.of(admin, limit)).mapEmpty();
    }

    /** Whether the code was there and unused; it is used now. */
    Future<Boolean> useRecoveryCode(SqlConnection tx, UUID admin, String hash) {
        return changed(tx, USE_RECOVERY_CODE, Tuple.of(admin, hash));
    }

    /** Whether there was a factor. */
    Future<Boolean> remove(SqlConnection tx, UUID admin) {
        return changed(tx, REMOVE, Tuple.of(admin));
    }

    private static Future<Boolean> changed(SqlConnection tx, String sql, Tuple values) {
        return tx.preparedQuery(sql).execute(values).map(rows -> rows.rowCount() == 1);
    }
}
