package io.cloneplatform.support.page;

import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import java.util.Optional;
import java.util.UUID;

/** The id of a stored document as a client names it. */
public final class ClientId {
    private static final int MAX_LENGTH = 100;

    private ClientId() {}

    /**
     * The {@code id} of a request: a UUID in lower case, or the id of an imported document as it is. Empty when no
     * document can have it, so that it is answered like any unknown id.
     */
    public static Optional<String> of(Request request) {
        String id = request.param("id");
        Optional<String> uuid = Ids.parse(id).map(UUID::toString);
        return uuid.isPresent() ? uuid : Optional.ofNullable(id).filter(ClientId::possible);
    }

    private static boolean possible(String id) {
        return !id.isEmpty()
                && id.length() <= MAX_LENGTH
                && id.codePoints().noneMatch(c -> Character.isISOControl(c) || c == ':');
    }
}
