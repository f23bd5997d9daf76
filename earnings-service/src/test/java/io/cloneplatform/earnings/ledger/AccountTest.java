package io.cloneplatform.earnings.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.sqlclient.impl.RowBase;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountTest {
    /** A row that did not come from a database. */
    private static final class BalancesRow extends RowBase {
        private static final List<String> COLUMNS = List.of("earned", "balance", "held");

        BalancesRow(long earned, long balance, long held) {
            super(List.of(earned, balance, held));
        }

        @Override
        public String getColumnName(int position) {
            return COLUMNS.get(position);
        }

        @Override
        public int getColumnIndex(String column) {
            return COLUMNS.indexOf(column);
        }
    }

    @Test
    void isReadByTheNamesOfTheColumns() {
        assertThat(Account.of(new BalancesRow(900, 70, 30))).isEqualTo(new Account(70, 30, 900));
    }

    @Test
    void whatIsPostedIsAvailableOrHeld() {
        assertThat(new Account(70, 30, 900).posted()).isEqualTo(100);
        assertThat(new Account(-70, 30, 0).posted()).isEqualTo(-40);
        assertThatThrownBy(() -> new Account(Long.MAX_VALUE, 1, 0).posted()).isInstanceOf(ArithmeticException.class);
    }
}
