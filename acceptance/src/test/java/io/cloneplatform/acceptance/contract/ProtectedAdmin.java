package io.cloneplatform.acceptance.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.acceptance.contract.World.Admin;
import io.cloneplatform.acceptance.process.Authenticator;
import java.util.ArrayList;
import java.util.List;

/** An admin who signs in with a code, with the secret of the codes and the recovery codes. */
record ProtectedAdmin(Admin admin, String secret, List<String> recoveryCodes) {
    /** A new one. */
    static ProtectedAdmin in(World world) {
        Admin admin = world.newAdmin(List.of("users.view"));
        String secret = enrol(world, admin);
        JsonNode confirmed = world.as(admin, "POST", "/admin/second-factor/confirm")
                .json("{'code': '" + Authenticator.code(secret) + "'}")
                .ok();
        List<String> codes = new ArrayList<>();
        confirmed.get("recoveryCodes").forEach(code -> codes.add(code.asText()));
        return new ProtectedAdmin(admin, secret, codes);
    }

    /** Begins to make a second factor; answers the secret. */
    static String enrol(World world, Admin admin) {
        return world.as(admin, "POST", "/admin/second-factor")
                .ok()
                .get("secret")
                .asText();
    }
}
