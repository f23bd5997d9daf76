package io.cloneplatform.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import org.junit.jupiter.api.Test;

class PasswordPolicyTest {
    private static ErrorCode refusal(boolean production, String password) {
        return PasswordPolicy.of(production)
                .refusal("password", password)
                .map(reply -> ((Reply.Refused) reply).code())
                .orElse(null);
    }

    @Test
    void productionRefusesCommonPasswordsInAnyCase() {
        assertThat(refusal(true, "Password123")).isEqualTo(ErrorCode.PASSWORD_TOO_COMMON);
        assertThat(refusal(true, "ILOVEYOU1")).isEqualTo(ErrorCode.PASSWORD_TOO_COMMON);
        assertThat(refusal(true, "correct horse battery")).isNull();
    }

    @Test
    void theEmbeddedDefaultAcceptsWhatOldClientsUse() {
        assertThat(refusal(false, "Password123")).isNull();
    }

    @Test
    void countsCharactersNotBytes() {
        assertThat(refusal(false, "\uD83D\uDE00".repeat(7))).isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(refusal(false, "\uD83D\uDE00".repeat(128))).isNull();
        assertThat(refusal(false, "x".repeat(129))).isEqualTo(ErrorCode.VALIDATION_FAILED);
    }
}
