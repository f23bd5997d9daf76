package io.cloneplatform.earnings.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How the chain of hashes grows with the journal. */
class JournalSealerIT {
    private static TestPlatform platform;
    private static Member member;

    @BeforeAll
    static void start() {
        platform = TestPlatform.start(List.of());
        member = platform.member("sealed", null);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static long seal(boolean missed) {
        return platform.number("SELECT ledger_seal_next(100, ?)", missed);
    }

    private static long progress() {
        return platform.number("SELECT seq FROM ledger_seal_progress");
    }

    @Test
    void sealsEachTransferOnceAndWaitsForNumbersThatAreMissing() {
        for (int i = 0; i < 5; i++) {
            platform.credit(member, 10);
        }
        assertThat(seal(false)).isEqualTo(5);
        assertThat(seal(false)).isZero();
        long before = progress();
        platform.number("SELECT nextval('ledger_transfer_seq')");
        platform.credit(member, 10);
        assertThat(seal(false)).as("sealed behind the gap").isEqualTo(1);
        assertThat(progress()).as("the gap may still be filled").isEqualTo(before);
        assertThat(seal(true)).as("nothing was missed").isZero();
        assertThat(platform.number("SELECT count(*) FROM ledger_seal_findings()"))
                .isZero();
    }

    @Test
    void readsOnlyWhatIsNew() {
        platform.execute(
                """
                SELECT ledger_transfer_post(gen_random_uuid(), 'adjustment', n::text, 'test',
                                            ARRAY[?, 'ffffffff-ffff-ffff-ffff-fffffffffff2'::uuid],
                                            ARRAY['adjustment', 'backing'], ARRAY[1, -1]::bigint[], ARRAY[0, 0]::bigint[])
                FROM generate_series(1, 2000) AS n
                """,
                member.id());
        platform.execute("ANALYZE ledger_transfer, ledger_seal");
        for (long sealed = seal(false); sealed > 0; sealed = seal(false)) {
            assertThat(sealed).isEqualTo(100);
        }
        platform.execute(
                "SET ledger.sealing = 'on'; UPDATE ledger_seal_progress SET seq = (SELECT max(seq) FROM ledger_transfer); RESET ledger.sealing");
        platform.execute("ANALYZE ledger_transfer, ledger_seal");
        assertThat(
                        platform.number(
                                """
                        SELECT CASE WHEN ledger_seal_next(100, false) = 0
                                    THEN pg_stat_get_xact_tuples_returned('ledger_transfer'::regclass)
                                       + pg_stat_get_xact_tuples_returned('ledger_seal'::regclass) END
                        """))
                .as("rows read although nothing was new")
                .isLessThan(10);
    }
}
