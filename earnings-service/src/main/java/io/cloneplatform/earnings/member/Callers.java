package io.cloneplatform.earnings.member;

import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import java.util.UUID;

/** Who calls. */
public final class Callers {
    private static final UUID NOBODY = new UUID(0, 0);

    private Callers() {}

    /** The calling member's id; one that no member has when the caller is none. */
    public static UUID member(Request request) {
        return Ids.parse(request.caller().id()).orElse(NOBODY);
    }
}
