package io.cloneplatform.standalone.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloneplatform.common.config.DatabaseConfig;
import io.cloneplatform.common.config.Secret;
import io.cloneplatform.common.db.Schema;
import io.cloneplatform.common.db.SchemaState;
import io.cloneplatform.common.launch.Ports;
import io.cloneplatform.common.launch.StartException;
import io.cloneplatform.common.testing.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SchemaCheckIT {
    @Test
    void knowsAnEmptyDatabaseFromACurrentOne() {
        assertThat(SchemaCheck.state(database(TestDatabase.createEmpty()))).isEqualTo(new SchemaState(0, 0));
        assertThat(SchemaCheck.state(database(TestDatabase.create())).version()).isEqualTo(Schema.VERSION);
    }

    @Test
    void saysWhyADatabaseCannotBeUsedWithoutItsPassword() {
        String port = Ports.choose(Map.of("DATABASE_PORT", "0")).get("DATABASE_PORT");
        assertThatThrownBy(() -> SchemaCheck.state(database("postgresql://me:secret@127.0.0.1:" + port + "/clone")))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("The database 127.0.0.1:" + port + "/clone cannot be used: Connection refused")
                .hasMessageNotContaining("secret");
    }

    private static DatabaseConfig database(String url) {
        return new DatabaseConfig(new Secret(url), 1);
    }
}
