package io.cloneplatform.earnings.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.csv.Csv;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CsvPropertyTest {
    @Provide
    static Arbitrary<List<String>> cells() {
        return Arbitraries.strings()
                .withChars("a1 ,;\"'\r\n\t=+-@\u00fc")
                .withCharRange('\u4e00', '\u4e10')
                .ofMaxLength(12)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Property(tries = 500)
    void everyTextComesBackAndNoneIsAFormula(@ForAll("cells") List<String> cells) {
        Csv csv = new Csv();
        cells.forEach(csv::text);
        List<List<String>> rows =
                CsvReader.read(new String(csv.end().text("next").end().bytes(), StandardCharsets.UTF_8));
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0)).hasSameSizeAs(cells);
        for (int i = 0; i < cells.size(); i++) {
            String read = rows.get(0).get(i);
            boolean guarded = cells.get(i).matches("(?s)[=+\\-@\t\r].*");
            assertThat(read).isEqualTo(guarded ? "'" + cells.get(i) : cells.get(i));
        }
    }
}
