package io.cloneplatform.acceptance.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.acceptance.contract.World.Admin;
import java.util.List;

/** Second factors of admins: made, confirmed, asked for and taken away. */
final class SecondFactorSamples {
    private static final String CODE = "{'code': '%s'}";
    private static final String REASON = "{'reason': 'Lost the phone'}";

    private SecondFactorSamples() {}

    static List<Sample> all() {
        return List.of(
                Sample.of(
                                "authSecondFactorEnrol",
                                w -> Draft.as(w.newAdmin(List.of("users.view")).token()))
                        .refused(
                                400,
                                "WRONG_STATE",
                                w -> Draft.as(w.adminWithSecondFactor().admin().token())),
                Sample.once("authSecondFactorConfirm", SecondFactorSamples::confirm)
                        .refused(400, "WRONG_STATE", w -> Draft.as(
                                        w.adminWith("users.view").token())
                                .body(CODE, "000000"))
                        .refused(401, "WRONG_SECOND_FACTOR", w -> confirm(w).body(CODE, "abcdef")),
                Sample.once("authSecondFactorRemove", w -> {
                            World.Protected known = w.adminWithSecondFactor();
                            return Draft.as(known.admin().token())
                                    .body(CODE, known.recoveryCodes().get(0));
                        })
                        .refused(400, "WRONG_STATE", w -> Draft.as(
                                        w.adminWith("users.view").token())
                                .body(CODE, "000000"))
                        .refused(401, "WRONG_SECOND_FACTOR", w -> Draft.as(
                                        w.adminWithSecondFactor().admin().token())
                                .body(CODE, "abcdef"))
                        .refused(429, "SECOND_FACTOR_LOCKED", SecondFactorSamples::locked),
                Sample.once("authAccountsSecondFactorRemove", w -> AdminSamples.admin()
                                .path("id", w.adminWithSecondFactor().admin().id())
                                .body(REASON))
                        .refused(400, "WRONG_STATE", w -> AdminSamples.admin()
                                .path("id", w.newAdmin(List.of("users.view")).id())
                                .body(REASON)));
    }

    private static Draft confirm(World w) {
        Admin admin = w.newAdmin(List.of("users.view"));
        JsonNode enrolled = w.enrol(admin);
        return Draft.as(admin.token()).body(CODE, w.code(enrolled.get("secret").asText()));
    }

    private static Draft locked(World w) {
        Admin admin = w.adminWithSecondFactor().admin();
        for (int wrong = 0; wrong < 5; wrong++) {
            w.removeSecondFactor(admin, "abcdef");
        }
        return Draft.as(admin.token()).body(CODE, "abcdef");
    }
}
