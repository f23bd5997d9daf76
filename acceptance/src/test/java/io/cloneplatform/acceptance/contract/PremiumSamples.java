package io.cloneplatform.acceptance.contract;

import java.util.List;

/** Premium assignments and freezes. */
final class PremiumSamples {
    private static final String ASSIGN = "{'userId': '%s', 'amount': %s, 'position': %s}";
    private static final String USER = "{'userId': '%s'}";

    private PremiumSamples() {}

    static List<Sample> all() {
        return List.of(
                Sample.of("premiumGet", w -> Draft.as(w.offered().token()))
                        .also(w -> Draft.as(w.accepted().token()))
                        .also(w -> Draft.as(w.frozen().token()))
                        .also(w -> Draft.as(w.member().token())),
                Sample.once("premiumAccept", w -> Draft.as(w.offered().token()).body("{}"))
                        .refused(400, "NO_ACTIVE_ASSIGNMENT", PremiumSamples::withoutOffer),
                Sample.once("premiumDecline", w -> Draft.as(w.accepted().token())
                                .body("{}"))
                        .refused(400, "NO_ACTIVE_ASSIGNMENT", PremiumSamples::withoutOffer),
                assign(),
                Sample.of("premiumList", PremiumSamples::listed),
                Sample.of("premiumAnalytics", PremiumSamples::analysed),
                Sample.once("premiumRevoke", w -> AdminSamples.admin()
                                .body(USER, w.offered().id()))
                        .refused(400, "NO_ACTIVE_ASSIGNMENT", w -> AdminSamples.admin()
                                .body(USER, w.member().id()))
                        .refused(404, "NOT_FOUND", w -> AdminSamples.admin().body(USER, World.nobody())),
                Sample.of("premiumRefreshCache", w -> AdminSamples.admin().body("{}")),
                freeze(),
                Sample.once("premiumUnfreeze", w -> AdminSamples.admin()
                                .body(USER, w.frozen().id()))
                        .refused(404, "NOT_FOUND", w -> AdminSamples.admin().body(USER, World.nobody())));
    }

    private static Draft withoutOffer(World w) {
        return Draft.as(w.member().token()).body("{}");
    }

    private static Sample assign() {
        return Sample.of("premiumAssign", w -> AdminSamples.admin()
                        .body(ASSIGN, w.member().id(), "'5000'".replace('\'', '"'), "3"))
                .refused(404, "NOT_FOUND", w -> AdminSamples.admin().body(ASSIGN, World.nobody(), "5000", "3"))
                .refused(400, "VALIDATION_FAILED", w -> AdminSamples.admin()
                        .body(ASSIGN, w.anyMember().id(), "0", "3"))
                .refused(400, "VALIDATION_FAILED", w -> AdminSamples.admin()
                        .body(ASSIGN, w.anyMember().id(), "5000", "1.5"));
    }

    private static Draft listed(World w) {
        w.accepted();
        return AdminSamples.admin().query("limit", "5");
    }

    private static Draft analysed(World w) {
        w.accepted();
        return AdminSamples.admin();
    }

    private static Sample freeze() {
        String body = "{'userId': '%s', 'reason': 'Identity check pending'}";
        return Sample.of("premiumFreeze", w -> AdminSamples.admin()
                        .body(body, w.member().id()))
                .refused(404, "NOT_FOUND", w -> AdminSamples.admin().body(body, World.nobody()));
    }
}
