package io.cloneplatform.acceptance.contract;

import io.cloneplatform.acceptance.contract.World.Admin;
import io.cloneplatform.acceptance.contract.World.Member;
import java.util.List;

/** Credentials, sessions and the own profile. */
final class AccountSamples {
    private static final String SIGN_UP =
            "{'email': '%s@example.com', 'username': '%s', 'password': 'Password123', 'name': 'Joan Clarke'}";
    private static final String SIGN_UP_INVITED =
            """
            {'email': '%1$s@example.com', 'username': '%1$s', 'password': 'Password123', 'name': 'Joan Clarke',
             'gender': 'female', 'withdrawalPassword': 'Withdraw123', 'invitationCode': '%2$s'}""";
    private static final String SIGN_IN = "{'email': '%s', 'password': '%s'}";
    private static final String ADMIN_SIGN_IN = "{'username': '%s', 'password': '%s'}";

    private AccountSamples() {}

    static List<Sample> all() {
        return List.of(
                signUp(),
                Sample.of("authJwks", w -> Draft.as(null)),
                Sample.of("authSignin", w -> signIn(w.anyMember().email(), World.PASSWORD))
                        .also(w -> Draft.as(null)
                                .body(
                                        "{'username': '%s', 'password': '%s'}",
                                        w.anyMember().username(), World.PASSWORD))
                        .refused(
                                401,
                                "INVALID_CREDENTIALS",
                                w -> signIn(w.anyMember().email(), "Wrong1234"))
                        .refused(401, "INVALID_CREDENTIALS", w -> signIn("nobody@example.com", World.PASSWORD)),
                Sample.once("authRefresh", w -> refresh(w.member().refreshToken()))
                        .refused(401, null, w -> refresh("no-such-token")),
                adminSignIn("authAdminLogin"),
                adminSignIn("authAdminSignin"),
                Sample.of("authProfileGet", w -> Draft.as(w.anyMember().token()))
                        .also(w -> Draft.as(w.accepted().token()))
                        .also(w -> Draft.as(w.frozen().token()))
                        .also(w -> Draft.as(w.childOf(w.anyMember()).token())),
                Sample.of(
                        "authProfilePost", w -> Draft.as(w.anyMember().token()).body("{}")),
                Sample.of("authProfileUpdate", w -> Draft.as(w.anyMember().token())
                                .body("{'name': 'New Name', 'gender': 'other'}"))
                        .refused(409, "EMAIL_TAKEN", w -> Draft.as(w.anyMember().token())
                                .body("{'email': '%s'}", w.member().email())),
                Sample.once("authSignout", w -> Draft.as(w.member().token()).body("{}")),
                Sample.of("authActivity", w -> Draft.as(w.frozen().token())),
                passwordChange(),
                Sample.of("authAccountExport", w -> Draft.as(w.anyMember().token()))
                        .also(w -> Draft.as(w.earner().token()).query("limit", "1")),
                deletion(),
                withdrawalPassword(),
                Sample.of("authVipTierRefuse", w -> Draft.as(w.anyMember().token())
                        .body("{}")));
    }

    private static Sample signUp() {
        return Sample.once("authSignup", w -> Draft.as(null)
                        .body(
                                SIGN_UP_INVITED,
                                World.unique("joan"),
                                w.anyMember().invitationCode()))
                .refused(409, "EMAIL_TAKEN", w -> Draft.as(null)
                        .body(SIGN_UP, w.anyMember().email().replace("@example.com", ""), World.unique("joan")))
                .refused(409, "USERNAME_TAKEN", w -> Draft.as(null)
                        .body(SIGN_UP, World.unique("joan"), w.anyMember().username()))
                .refused(400, "UNKNOWN_INVITATION_CODE", w -> Draft.as(null)
                        .body(SIGN_UP_INVITED, World.unique("joan"), "ZZZZZZZZ"));
    }

    private static Draft signIn(String email, String password) {
        return Draft.as(null).body(SIGN_IN, email, password);
    }

    private static Draft refresh(String token) {
        return Draft.as(null).body("{'refresh_token': '%s'}", token);
    }

    private static Sample adminSignIn(String operation) {
        return Sample.of(operation, w -> adminSignIn(w.adminWith("users.view"), World.PASSWORD))
                .refused(401, "INVALID_CREDENTIALS", w -> adminSignIn(w.adminWith("users.view"), "Wrong1234"))
                .also(AccountSamples::withCode)
                .refused(
                        401,
                        "SECOND_FACTOR_REQUIRED",
                        w -> adminSignIn(ProtectedAdmin.in(w).admin(), World.PASSWORD))
                .refused(401, "WRONG_SECOND_FACTOR", w -> Draft.as(null)
                        .body(
                                "{'username': '%s', 'password': '%s', 'code': 'abcdef'}",
                                ProtectedAdmin.in(w).admin().username(), World.PASSWORD))
                .refused(401, "INVALID_CREDENTIALS", w -> Draft.as(null)
                        .body(ADMIN_SIGN_IN, w.anyMember().username(), World.PASSWORD));
    }

    private static Draft withCode(World w) {
        ProtectedAdmin known = ProtectedAdmin.in(w);
        return Draft.as(null)
                .body(
                        "{'username': '%s', 'password': '%s', 'code': '%s'}",
                        known.admin().username(),
                        World.PASSWORD,
                        known.recoveryCodes().get(1));
    }

    private static Draft adminSignIn(Admin admin, String password) {
        return Draft.as(null).body(ADMIN_SIGN_IN, admin.username(), password);
    }

    private static Sample passwordChange() {
        String body = "{'currentPassword': '%s', 'newPassword': 'Password456'}";
        return Sample.once(
                        "authPasswordChange", w -> Draft.as(w.member().token()).body(body, World.PASSWORD))
                .refused(401, "INVALID_CREDENTIALS", w -> Draft.as(w.anyMember().token())
                        .body(body, "Wrong1234"));
    }

    private static Sample deletion() {
        String body = "{'password': '%s'}";
        return Sample.once("authAccountDelete", w -> asMember(w.member(), body, World.PASSWORD))
                .refused(401, "INVALID_CREDENTIALS", w -> asMember(w.anyMember(), body, "Wrong1234"))
                .refused(409, "MONEY_HELD_OR_OWED", w -> asMember(w.earner(), body, World.PASSWORD));
    }

    private static Sample withdrawalPassword() {
        String body = "{'withdrawalPassword': 'Withdraw456', 'currentWithdrawalPassword': '%s'}";
        return Sample.once("authWithdrawalPasswordSet", w -> asMember(w.member(), body, World.WITHDRAWAL_PASSWORD))
                .refused(401, "WRONG_WITHDRAWAL_PASSWORD", w -> asMember(w.anyMember(), body, "Wrong1234"))
                .refused(401, "WRONG_WITHDRAWAL_PASSWORD", w -> Draft.as(
                                w.anyMember().token())
                        .body("{'withdrawalPassword': 'Withdraw456'}"));
    }

    private static Draft asMember(Member member, String body, String argument) {
        return Draft.as(member.token()).body(body, argument);
    }
}
