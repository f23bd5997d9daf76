package io.cloneplatform.cli.imports;

import com.fasterxml.uuid.Generators;
import io.cloneplatform.common.json.Ids;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids for what the predecessor named in other ways: the same name always gets the same id, so imports repeat safely. */
final class LegacyIds {
    private static final UUID NAMESPACE = UUID.fromString("44a642d3-0000-5000-8000-636c6f6e6501");

    private static final Pattern KEPT = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    // Members' default conversations are named so.
    private static final String RESERVED = "support-";

    private LegacyIds() {}

    /** The id of a member: the UUID it is, or one made from the text. */
    static UUID member(String legacyId) {
        return Ids.parse(legacyId).orElseGet(() -> named("user:" + legacyId));
    }

    /** The id of a ticket or conversation: its own where clients can name it, one made from it otherwise. */
    static String kept(String legacyId) {
        Optional<UUID> uuid = Ids.parse(legacyId);
        boolean possible = KEPT.matcher(legacyId).matches() && !legacyId.startsWith(RESERVED);
        return uuid.map(UUID::toString)
                .orElse(possible ? legacyId : named("id:" + legacyId).toString());
    }

    /** A version 5 UUID of a name. */
    static UUID named(String name) {
        return Generators.nameBasedGenerator(NAMESPACE).generate(name);
    }

    /**
     * A UUID of a name that sorts by time, as new ones do: the version 7 layout with the name's version 5 bits where
     * random ones would be. Lists are read in the order of their keys; what nobody knows the time of comes first, in this
     * import as in the next.
     */
    static UUID timed(Optional<Instant> at, String name) {
        UUID named = named(name);
        long millis = at.orElse(Instant.EPOCH).toEpochMilli() << 16;
        return new UUID(millis | 0x7000L | (named.getMostSignificantBits() & 0x0fffL), named.getLeastSignificantBits());
    }
}
