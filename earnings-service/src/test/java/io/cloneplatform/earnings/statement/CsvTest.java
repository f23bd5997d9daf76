package io.cloneplatform.earnings.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.csv.Csv;
import io.cloneplatform.common.json.Money;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void moneyStaysANumberWithTwoDecimals() {
        byte[] line = new Csv()
                .money(new Money(-2_550))
                .money(new Money(100_000_000_000_000L))
                .money(Money.ZERO)
                .money(new Money(-1))
                .end()
                .bytes();
        assertThat(new String(line, StandardCharsets.UTF_8)).isEqualTo("-25.50,1000000000000.00,0.00,-0.01\r\n");
    }

    @Test
    void nothingIsAnEmptyCell() {
        assertThat(new String(new Csv().text(null).text("").end().bytes(), StandardCharsets.UTF_8))
                .isEqualTo(",\r\n");
    }
}
