package io.cloneplatform.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TableTest {
    @Test
    void columnsAreAlignedWhateverTheirWidth() {
        Table table = new Table("Name", "Amount>", "End");
        table.row("ada", "5.00", "x").row("李小龍", "1000.00", "y").row(null, "-", "z");
        assertThat(table.lines())
                .containsExactly("Name     Amount  End", "ada        5.00  x", "李小龍  1000.00  y", "              -  z");
    }

    @Test
    void aLongCellIsCut() {
        assertThat(new Table("A").row("x".repeat(1000)).lines().get(1))
                .hasSize(60)
                .endsWith("…");
        assertThat(new Table("A").row("李".repeat(1000)).lines().get(1))
                .hasSize(30)
                .endsWith("…");
    }

    @Test
    void nothingUnseenIsPrinted() {
        assertThat(Plain.text("a\u001b[31mb\r\nc\u202ed\u200b\u2028\ue000"))
                .isEqualTo("a\\u001B[31mb\\u000D\\u000Ac\\u202Ed\\u200B\\u2028\\uE000");
        assertThat(Plain.text("\uD83D\uDE00 é 中 \uD800")).isEqualTo("\uD83D\uDE00 é 中 \\uD800");
        assertThat(Plain.text("x".repeat(5000))).hasSize(2001);
    }

    @Test
    void progressIsSilentForTwoSecondsAndThenSays() throws InterruptedException {
        for (boolean terminal : new boolean[] {true, false}) {
            StringWriter err = new StringWriter();
            try (Progress progress = Progress.of("Removing", 10, new PrintWriter(err), terminal)) {
                progress.step();
                progress.step();
                assertThat(err.toString()).isEmpty();
                long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
                while (err.toString().isEmpty() && System.nanoTime() < end) {
                    Thread.sleep(50);
                }
            }
            assertThat(err.toString()).contains("2 of 10, 2 s").contains(terminal ? "[######   " : "Removing: ");
            assertThat(err.toString().endsWith("\r")).isEqualTo(terminal);
        }
    }
}
