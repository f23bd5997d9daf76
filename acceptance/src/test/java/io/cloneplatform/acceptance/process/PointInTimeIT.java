package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.acceptance.ledger.Books;
import io.cloneplatform.acceptance.ledger.Journal;
import io.cloneplatform.common.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Going back to a moment with what production keeps: files to begin from, the archive of what was written
 * since, and the time at which to stop. There CloudNativePG does it; here PostgreSQL's own settings, which it
 * sets.
 */
@Timeout(120)
class PointInTimeIT {
    private static final String FUND =
            """
            SELECT ledger_transfer_post(gen_random_uuid(), 'funding', '%s', 'a drill',
              ARRAY['ffffffff-ffff-ffff-ffff-fffffffffff1', 'ffffffff-ffff-ffff-ffff-fffffffffff2']::uuid[],
              ARRAY['external', 'backing'], ARRAY[-100, 100]::bigint[], ARRAY[0, 0]::bigint[])
            """;

    @Test
    void whatWasCommittedBeforeTheMomentIsThereAndNothingElse() throws SQLException {
        try (TestServer server = new TestServer()) {
            Path base = server.archiveFromNowOn();
            Sql.run(server.url(), FUND.formatted("good"));
            String moment = text(server.url(), "SELECT clock_timestamp()::text");
            Sql.run(server.url(), "SELECT pg_sleep(0.01)");
            Sql.run(server.url(), FUND.formatted("wrong"));
            try (TestServer recovered = server.asOf(moment, base);
                    Journal journal = new Journal(recovered.url())) {
                assertThat(journal.references("funding", "posted")).containsExactly("good");
                Books.read(journal).requireSound();
                assertThat(Sql.count(server.url(), "SELECT count(*) FROM ledger_transfer"))
                        .as("the first server goes on")
                        .isEqualTo(2);
            }
        }
    }

    private static String text(String url, String query) throws SQLException {
        try (Connection connection = TestDatabase.connect(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
