package io.cloneplatform.auth.signup;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DerivedUsernameTest {
    @Property(tries = 500)
    void isAValidUsernameWhateverTheAddress(
            @ForAll String email, @ForAll @IntRange(max = DerivedUsername.ATTEMPTS) int attempt) {
        assertThat(DerivedUsername.candidate(email, attempt)).matches("[a-z0-9_.-]{3,50}");
    }
}
