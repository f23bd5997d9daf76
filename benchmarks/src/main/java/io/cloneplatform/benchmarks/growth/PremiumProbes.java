package io.cloneplatform.benchmarks.growth;

import io.cloneplatform.benchmarks.growth.Population.Place;
import java.util.List;

/** Premium assignments and freezes. */
final class PremiumProbes {
    private PremiumProbes() {}

    static List<Probe> all() {
        return List.of(
                Probe.of("GET /premium", "premiumGet", (side, i) -> Call.get("/premium", side.member(Place.LEAF, i))),
                Probe.of("POST /premium/accept", "premiumAccept", (side, i) -> {
                    side.ask(assign(side, i));
                    return Call.post("/premium/accept", side.member(Place.LEAF, i), "{}");
                }),
                Probe.of("POST /premium/decline", "premiumDecline", (side, i) -> {
                    side.ask(assign(side, i));
                    return Call.post("/premium/decline", side.member(Place.LEAF, i), "{}");
                }),
                Probe.of("POST /admin/premium", "premiumAssign", PremiumProbes::assign),
                asAdmin("/admin/premium/list", "premiumList"),
                asAdmin("/admin/premium/analytics", "premiumAnalytics"),
                Probe.of("POST /admin/premium/revoke", "premiumRevoke", (side, i) -> {
                    side.ask(assign(side, i));
                    return Call.post("/admin/premium/revoke", side.admin(), user(side, i));
                }),
                Probe.of("POST /admin/freeze", "premiumFreeze", PremiumProbes::freeze),
                Probe.of("POST /admin/unfreeze", "premiumUnfreeze", (side, i) -> {
                    side.ask(freeze(side, i));
                    return Call.post(
                            "/admin/unfreeze", side.admin(), "{'userId': '" + side.id(Place.SPENDER, i) + "'}");
                }));
    }

    private static Probe asAdmin(String path, String operation) {
        return Probe.of("GET " + path, operation, (side, i) -> Call.get(path, side.admin()));
    }

    private static Call assign(Side side, int index) {
        return Call.post(
                "/admin/premium",
                side.admin(),
                "{'userId': '" + side.id(Place.LEAF, index) + "', 'amount': 1, 'position': 3}");
    }

    private static Call freeze(Side side, int index) {
        return Call.post(
                "/admin/freeze",
                side.admin(),
                "{'userId': '" + side.id(Place.SPENDER, index) + "', 'reason': 'Identity check pending'}");
    }

    private static String user(Side side, int index) {
        return "{'userId': '" + side.id(Place.LEAF, index) + "'}";
    }
}
