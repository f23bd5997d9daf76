package io.cloneplatform.cli.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** Health, accounts, submissions and the commissions along a referral line of four levels. */
final class CoreChecks {
    private static final String GROUP = "core";

    private final Run run;
    private final Api api;
    private Member member;
    private String token;
    private Member child;
    private Member grandchild;
    private Member greatGrandchild;

    CoreChecks(Run run) {
        this.run = run;
        this.api = run.api();
    }

    List<Check> all() {
        return List.of(
                new Check(GROUP, "health", this::health),
                new Check(GROUP, "sign-up", this::signUp),
                new Check(GROUP, "sign-in", this::signIn),
                new Check(GROUP, "profile", this::profile),
                new Check(GROUP, "earnings", this::earnings),
                new Check(GROUP, "submit", this::submit),
                new Check(GROUP, "earnings after", this::earningsAfter),
                new Check(GROUP, "referrals", this::referrals),
                new Check(GROUP, "child sign-up", this::childSignUp),
                new Check(GROUP, "referrals with child", this::referralsWithChild));
    }

    private void health() {
        api.get("/health", null).status(200).equal("/status", "ok");
    }

    private void signUp() {
        Member made = run.signUp("core", null);
        Map<String, String> again = Map.of("email", made.email(), "password", made.password(), "name", made.name());
        api.post("/signup", null, again).refused(409, "EMAIL_TAKEN");
        member = made;
    }

    private void signIn() {
        Member known = member();
        token = run.signIn(known);
        Answer wrong = api.post("/signin", null, Map.of("email", known.email(), "password", "not " + known.password()));
        wrong.refused(401, "INVALID_CREDENTIALS").equal("/error", "Invalid email or password");
    }

    private void profile() {
        Answer answer = api.get("/profile", token()).ok();
        for (String place : List.of("/profile", "")) {
            answer.equal(place + "/id", member.id())
                    .equal(place + "/email", member.email())
                    .equal(place + "/vipTier", "Normal")
                    .equal(place + "/invitationCode", member.invitationCode())
                    .equal(place + "/accountFrozen", false)
                    .equal(place + "/premiumAssignment", null)
                    .money(place + "/balance", "0")
                    .money(place + "/heldBalance", "0");
        }
        List<String> secrets = List.of("password", "passwordHash", "withdrawalPassword");
        answer.holds("/profile", "no secrets", shown -> secrets.stream().noneMatch(shown::has));
        Answer nobody = api.get("/profile", null).refused(401, "UNAUTHENTICATED");
        if (nobody.headers().firstValue("www-authenticate").isEmpty()) {
            throw nobody.failed("header WWW-Authenticate", "a challenge", "none");
        }
    }

    private void earnings() {
        expectEarnings("0", "0", "0", "0").equal("/earnings/childCount", 0);
    }

    /** 100.01 splits into 80.01 for the member and, with nobody above, 20.00 for the platform. */
    private void submit() {
        Map<String, Object> product = Map.of("productName", "Smoke product", "productValue", cents("100.01"));
        String key = Api.newKey();
        Answer first = api.send("POST", "/submit-product", token(), product, key)
                .ok()
                .equal("/product/status", "credited")
                .equal("/product/commissionsCascade", List.of())
                .money("/product/value", "100.01")
                .money("/product/userEarned", "80.01")
                .money("/newBalance", "80.01");
        Answer again =
                api.send("POST", "/submit-product", token(), product, key).ok();
        again.equal("/product/id", first.string("/product/id"));
        if (!again.headers().firstValue("idempotent-replayed").orElse("none").equals("true")) {
            throw again.failed("header Idempotent-Replayed of a repeated request", "true", "another answer");
        }
        Map<String, Object> tooFine = Map.of("productName", "Smoke product", "productValue", cents("1.001"));
        api.post("/submit-product", token(), tooFine)
                .refused(400, "VALIDATION_FAILED")
                .equal("/errors/0/field", "productValue");
    }

    private void earningsAfter() {
        expectEarnings("80.01", "80.01", "0", "0");
        api.get("/products", token()).ok().equal("/total", 1).money("/products/0/userEarned", "80.01");
    }

    private void referrals() {
        api.get("/referrals", token())
                .ok()
                .equal("/referrals", List.of())
                .equal("/totalChildren", 0)
                .money("/totalSharedProfit", "0");
    }

    private void childSignUp() {
        Map<String, String> stranger = Map.of(
                "email",
                run.tag() + "-nobody@example.com",
                "password",
                member().password(),
                "name",
                "Smoke nobody",
                "invitationCode",
                "0000000000000000");
        api.post("/signup", null, stranger).refused(400, "UNKNOWN_INVITATION_CODE");
        child = run.signUp("child", member);
        grandchild = run.signUp("grandchild", child);
        greatGrandchild = run.signUp("greatgrandchild", grandchild);
        api.get("/profile", token()).ok().equal("/childCount", 1);
    }

    /** 99.99 from the fourth level splits into 79.99, 10.00, 5.00 and 5.00; 100.00 from the child brings 10.00 more. */
    private void referralsWithChild() {
        Member last = Run.need(greatGrandchild, "core: child sign-up");
        expectCascade(submitFor(last, "99.99").money("/product/userEarned", "79.99"));
        submitFor(child, "100.00").money("/newBalance", "85.00");
        expectBalance(last, "79.99");
        expectBalance(grandchild, "10.00");
        expectBalance(child, "85.00");
        expectEarnings("95.01", "95.01", "10.00", "5.00").equal("/earnings/childCount", 1);
        api.get("/earnings-multilevel", token())
                .ok()
                .money("/earnings/byLevel/level_1", "10.00")
                .money("/earnings/byLevel/level_2", "0")
                .money("/earnings/byLevel/level_3", "5.00");
        api.get("/referrals", token())
                .ok()
                .equal("/totalChildren", 1)
                .money("/totalSharedProfit", "10.00")
                .element("/referrals", "/childId", child.id())
                .equal("/childName", child.name())
                .money("/totalSharedProfit", "10.00")
                .holds("/childEmail", "a masked address", CoreChecks::masked);
    }

    private Answer submitFor(Member submitter, String value) {
        return api.post(
                        "/submit-product",
                        submitter.token(),
                        Map.of("productName", "Smoke product", "productValue", cents(value)))
                .ok()
                .equal("/product/status", "credited");
    }

    private void expectCascade(Answer answer) {
        List<Member> upline = List.of(grandchild, child, member);
        List<String> shares = List.of("10.00", "5.00", "5.00");
        answer.holds("/product/commissionsCascade", "three shares", cascade -> cascade.size() == 3);
        for (int level = 1; level <= 3; level++) {
            String share = "/product/commissionsCascade/" + (level - 1);
            answer.equal(share + "/level", level)
                    .equal(share + "/userId", upline.get(level - 1).id())
                    .money(share + "/amount", shares.get(level - 1));
        }
    }

    private void expectBalance(Member owner, String balance) {
        api.get("/profile", owner.token()).ok().money("/balance", balance);
    }

    private Answer expectEarnings(String balance, String earned, String direct, String indirect) {
        Answer answer = api.get("/earnings", token()).ok();
        for (String place : List.of("/earnings", "")) {
            answer.money(place + "/balance", balance)
                    .money(place + "/totalEarned", earned)
                    .money(place + "/fromDirectChildren", direct)
                    .money(place + "/fromIndirectReferrals", indirect);
        }
        return answer;
    }

    private Member member() {
        return Run.need(member, "core: sign-up");
    }

    private String token() {
        return Run.need(token, "core: sign-in");
    }

    private static java.math.BigDecimal cents(String value) {
        return new java.math.BigDecimal(value);
    }

    private static boolean masked(JsonNode email) {
        return email.asText().matches("s\\*+@example\\.com");
    }
}
