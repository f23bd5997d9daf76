package io.cloneplatform.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.standalone.backup.Progress;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    @Test
    void showsHowMuchIsDone() {
        assertThat(ProgressBar.line(new Progress("Writing X", 1, 3)))
                .isEqualTo("Writing X [#########.....................] 33 %");
        assertThat(ProgressBar.line(new Progress("Writing X", 5, 3))).endsWith("[" + "#".repeat(30) + "] 100 %");
    }

    @Test
    void saysWhatIsBeingDoneWhereNobodyKnowsHowLongItTakes() {
        assertThat(ProgressBar.line(Progress.of("Committing"))).isEqualTo("Committing ...");
    }
}
