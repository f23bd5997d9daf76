package io.cloneplatform.auth.signup;

import io.cloneplatform.auth.Gender;
import java.util.Locale;
import java.util.Objects;

/**
 * Who wants to become a member.
 *
 * @param username wanted, or null to get one made from the e-mail address
 * @param withdrawalPassword or null to set it later
 * @param invitationCode of the inviting member; null or blank for none
 */
record SignupRequest(
        String email,
        String password,
        String name,
        String username,
        Gender gender,
        String withdrawalPassword,
        String invitationCode) {

    SignupRequest {
        Objects.requireNonNull(email, "email");
        Objects.requireNonNull(password, "password");
        name = name.strip();
        invitationCode = invitationCode == null ? "" : invitationCode.strip().toUpperCase(Locale.ROOT);
    }

    boolean invited() {
        return !invitationCode.isEmpty();
    }
}
