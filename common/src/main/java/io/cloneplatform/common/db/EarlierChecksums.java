package io.cloneplatform.common.db;

import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Lets databases go on that ran a migration before it was changed. The changes let an owner migrate who is no superuser;
 * what the migrations make is the same.
 */
final class EarlierChecksums extends BaseCallback {
    private static final String BRING_FORWARD =
            """
            DO $$
            BEGIN
              IF to_regclass('flyway_schema_history') IS NOT NULL THEN
                UPDATE flyway_schema_history h SET checksum = known.now
                FROM (VALUES
                  ('0002', 1970950266, 1845671293),
                  ('0005', -225122068, -416201669),
                  ('0006', 1998458031, 1648495246)) AS known (version, before, now)
                WHERE h.version = known.version AND h.checksum = known.before;
              END IF;
            END $$
            """;

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_VALIDATE;
    }

    @Override
    public void handle(Event event, Context context) {
        try (Statement statement = context.getConnection().createStatement()) {
            statement.execute(BRING_FORWARD);
        } catch (SQLException e) {
            throw new IllegalStateException("The record of the migrations cannot be read", e);
        }
    }
}
