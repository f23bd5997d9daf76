package io.cloneplatform.acceptance.contract;

import io.cloneplatform.acceptance.contract.World.Admin;
import io.cloneplatform.acceptance.process.Authenticator;
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
                                w -> Draft.as(ProtectedAdmin.in(w).admin().token())),
                Sample.once("authSecondFactorConfirm", SecondFactorSamples::confirm)
                        .refused(400, "WRONG_STATE", w -> Draft.as(
                                        w.adminWith("users.view").token())
                                .body(CODE, "000000"))
                        .refused(401, "WRONG_SECOND_FACTOR", w -> confirm(w).body(CODE, "abcdef")),
                Sample.once("authSecondFactorRemove", w -> {
                            ProtectedAdmin known = ProtectedAdmin.in(w);
                            return Draft.as(known.admin().token())
                                    .body(CODE, known.recoveryCodes().get(0));
                        })
                        .refused(400, "WRONG_STATE", w -> Draft.as(
                                        w.adminWith("users.view").token())
                                .body(CODE, "000000"))
                        .refused(401, "WRONG_SECOND_FACTOR", w -> Draft.as(
                                        ProtectedAdmin.in(w).admin().token())
                                .body(CODE, "abcdef"))
                        .refused(429, "SECOND_FACTOR_LOCKED", SecondFactorSamples::locked),
                Sample.once("authAccountsSecondFactorRemove", w -> AdminSamples.admin()
                                .path("id", ProtectedAdmin.in(w).admin().id())
                                .body(REASON))
                        .refused(400, "WRONG_STATE", w -> AdminSamples.admin()
                                .path("id", w.newAdmin(List.of("users.view")).id())
                                .body(REASON)));
    }

    private static Draft confirm(World w) {
        Admin admin = w.newAdmin(List.of("users.view"));
        return Draft.as(admin.token()).body(CODE, Authenticator.code(ProtectedAdmin.enrol(w, admin)));
    }

    private static Draft locked(World w) {
        Admin admin = ProtectedAdmin.in(w).admin();
        for (int wrong = 0; wrong < 5; wrong++) {
            w.as(admin, "POST", "/admin/second-factor/remove")
                    .json("{'code': 'abcdef'}")
                    .send();
        }
        return Draft.as(admin.token()).body(CODE, "abcdef");
    }
}
