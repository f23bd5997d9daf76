package io.cloneplatform.auth.password;

import com.nulabinc.zxcvbn.StandardDictionaries;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.FieldError;
import io.cloneplatform.common.bus.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which new passwords are accepted: 8 to 128 characters of any kind; in production none of the common ones. */
public final class PasswordPolicy {
    private static final int SHORTEST = 8;
    private static final int LONGEST = 128;

    private final Set<String> common;

    private PasswordPolicy(Set<String> common) {
        this.common = common;
    }

    /** The policy of a profile; reads the list of common passwords for production, so not on an event loop. */
    public static PasswordPolicy of(boolean production) {
        return new PasswordPolicy(production ? commonPasswords() : Set.of());
    }

    private static Set<String> commonPasswords() {
        try {
            return StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies().stream()
                    .map(word -> word.toLowerCase(Locale.ROOT))
                    .filter(word -> word.length() >= SHORTEST)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Why the password in a field is not accepted; empty when it is, or when none is given. */
    public Optional<Reply> refusal(String field, String password) {
        if (password == null) {
            return Optional.empty();
        }
        int characters = password.codePointCount(0, password.length());
        if (characters < SHORTEST || characters > LONGEST) {
            return Optional.of(Reply.invalid(field, "must have " + SHORTEST + " to " + LONGEST + " characters"));
        }
        return common.contains(password.toLowerCase(Locale.ROOT))
                ? Optional.of(new Reply.Refused(
                        ErrorCode.PASSWORD_TOO_COMMON,
                        "This password is one of the most common ones; choose another",
                        List.of(new FieldError(field, "is too common")),
                        false))
                : Optional.empty();
    }
}
