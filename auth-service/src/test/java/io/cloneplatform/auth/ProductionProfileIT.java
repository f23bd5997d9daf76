package io.cloneplatform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProductionProfileIT {
    @Test
    void refusesCommonPasswordsNamingTheField() {
        try (AuthFixture auth = new AuthFixture("PROFILE", "production")) {
            ObjectNode body = AuthFixture.signupBody().put("withdrawalPassword", "Password123");
            Reply.Refused refusal = auth.platform.refusal(Addresses.AUTH_SIGNUP, AuthFixture.anybody(), Map.of(), body);
            assertThat(refusal.code()).isEqualTo(ErrorCode.PASSWORD_TOO_COMMON);
            assertThat(refusal.errors()).extracting("field").containsExactly("withdrawalPassword");
            auth.signup();
        }
    }
}
