package io.cloneplatform.withdrawal;

import io.cloneplatform.common.json.Ids;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * How a client names a withdrawal: by its id, or by the one it had before it was imported, {@code <member>-<milliseconds>}.
 *
 * @param text in lower case
 * @param uuid the id, or the member that an old id begins with
 * @param old whether it is an old id
 */
public record WithdrawalId(String text, UUID uuid, boolean old) {
    private static final int UUID_LENGTH = 36;
    private static final Pattern MILLISECONDS = Pattern.compile("-\\d{1,20}");

    /** Reads what a client sent; empty when no withdrawal can be named so. */
    public static Optional<WithdrawalId> parse(String text) {
        if (text == null || text.length() < UUID_LENGTH) {
            return Optional.empty();
        }
        String rest = text.substring(UUID_LENGTH);
        return Ids.parse(text.substring(0, UUID_LENGTH))
                .filter(uuid -> rest.isEmpty() || MILLISECONDS.matcher(rest).matches())
                .map(uuid -> new WithdrawalId(text.toLowerCase(Locale.ROOT), uuid, !rest.isEmpty()));
    }

    /** Milliseconds since 1970 that a time-ordered id begins with; for any other UUID some time in which nothing was made. */
    long millis() {
        return uuid.getMostSignificantBits() >>> 16;
    }
}
