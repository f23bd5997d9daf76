package io.cloneplatform.withdrawal.request;

import io.cloneplatform.common.password.PasswordHasher;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/** The second password of a member, asked for with each withdrawal. */
public final class WithdrawalPassword {
    private static final String FIND =
            """
            SELECT withdrawal_password_hash AS hash FROM credential
            WHERE subject_id = $1::text::uuid AND withdrawal_password_hash IS NOT NULL
            """;

    private final SqlClient client;
    private final PasswordHasher hasher;

    public WithdrawalPassword(SqlClient client, PasswordHasher hasher) {
        this.client = client;
        this.hasher = hasher;
    }

    /** What came of comparing a password. */
    public enum Check {
        MATCHES,
        WRONG,
        NOT_SET
    }

    /** Compares a password; takes the time of one hash, so never inside a transaction. */
    Future<Check> check(String member, String password, long deadlineMs) {
        return client.preparedQuery(FIND).execute(Tuple.of(member)).compose(rows -> {
            Optional<Row> row = rows.stream().findFirst();
            return row.isEmpty()
                    ? Future.succeededFuture(Check.NOT_SET)
                    : hasher.matches(row.get().getString("hash"), password, deadlineMs)
                            .map(matches -> matches ? Check.MATCHES : Check.WRONG);
        });
    }
}
