package io.cloneplatform.standalone.demo;

import static io.cloneplatform.standalone.demo.DemoCalls.ADMIN;
import static io.cloneplatform.standalone.demo.DemoCalls.ANYONE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.standalone.demo.Cast.Member;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Fills a new platform with members on four levels and their doings, through the same operations that clients use, so
 * that every list shows something. Blocks, so only for start-up and tests.
 */
public final class Demo {
    private static final String PASSWORD = "demo-password-1";
    private static final String WITHDRAWAL_PASSWORD = "demo-withdrawal-1";
    private static final String ADMIN_NAME = "demo-admin";
    private static final List<String> ADMIN_PERMISSIONS = List.of(
            "users.view",
            "users.freeze",
            "users.tier",
            "users.balance",
            "premium.view",
            "premium.manage",
            "withdrawals.view",
            "withdrawals.manage",
            "submissions.manage",
            "support.manage",
            "metrics.view",
            "ledger.view");
    private static final String FIRST_MEMBER = "ada";
    private static final String LAST_MEMBER = "zoe";

    private final DemoCalls calls;
    private final PrintStream out;

    public Demo(Vertx vertx, PrintStream out) {
        this.calls = new DemoCalls(vertx);
        this.out = out;
    }

    /**
     * Seeds an empty platform, or goes on where an interrupted run stopped; says so when it could not. Everybody knows the
     * demo's passwords, so it stays away from members who are real.
     *
     * @return whether the demo is there
     */
    public boolean seed() {
        try {
            if (members(FIRST_MEMBER) == 0 && members("") > 0) {
                out.println(
                        "There are members already; --demo fills an empty installation, and leaves this one alone.");
                return false;
            }
            if (members(LAST_MEMBER) == 0) {
                out.println("Making the demo members and their doings");
                seedAll();
            }
            return true;
        } catch (DemoCalls.Refused e) {
            out.println("The demo is not complete: " + e.getMessage());
            return false;
        }
    }

    /** How to sign in as one of them. */
    public static String signIn() {
        return """
                Demo member   %s, password %s, withdrawal password %s
                Demo admin    %s, password %s
                """
                .formatted(email(FIRST_MEMBER), PASSWORD, WITHDRAWAL_PASSWORD, ADMIN_NAME, PASSWORD);
    }

    private int members(String username) {
        Map<String, String> search = username.isEmpty() ? Map.of() : Map.of("search", email(username));
        return calls.read(ADMIN, Addresses.AUTH_USERS_LIST, search)
                .path("total")
                .asInt();
    }

    private void seedAll() {
        admin();
        Cast cast = signUpAll();
        submissions(cast);
        review(cast);
        withdrawals(cast);
        premium(cast);
        DemoDesk desk = new DemoDesk(calls);
        desk.tickets(cast);
        desk.chat(cast.ada());
        claim(cast.ada());
        claim(cast.ben());
        hold(cast.eve());
        signUp("Zoe Tanaka", "other", cast.ada());
    }

    private Cast signUpAll() {
        Member ada = signUp("Ada King", "female", null);
        Member ben = signUp("Ben Okoro", "male", ada);
        Member cleo = signUp("Cleo Martin", "female", ben);
        return new Cast(
                ada,
                ben,
                cleo,
                signUp("Dan Silva", "male", cleo),
                signUp("Eve Novak", "female", cleo),
                signUp("Finn Larsen", "male", ada));
    }

    private void admin() {
        ObjectNode account = Json.object()
                .put("username", ADMIN_NAME)
                .put("password", PASSWORD)
                .put("email", email("admin"))
                .put("name", "Demo Admin");
        account.set("permissions", Json.MAPPER.valueToTree(ADMIN_PERMISSIONS));
        calls.write(ADMIN, Addresses.AUTH_ACCOUNTS_CREATE, account);
        calls.write(ADMIN, Addresses.EARNINGS_FUNDING, amount("25000").put("reference", "Demo opening deposit"));
    }

    private Member signUp(String name, String gender, Member parent) {
        String username = name.substring(0, name.indexOf(' ')).toLowerCase(Locale.ROOT);
        ObjectNode body = Json.object()
                .put("email", email(username))
                .put("username", username)
                .put("password", PASSWORD)
                .put("withdrawalPassword", WITHDRAWAL_PASSWORD)
                .put("name", name)
                .put("gender", gender);
        if (parent != null) {
            body.put("invitationCode", parent.code());
        }
        JsonNode user = calls.write(ANYONE, Addresses.AUTH_SIGNUP, body).path("user");
        return new Member(
                user.path("id").asText(), name, user.path("invitationCode").asText());
    }

    private void submissions(Cast cast) {
        submit(cast.ada(), "Oak writing desk", "1200");
        submit(cast.ada(), "Desk lamp", "64.50");
        submit(cast.ben(), "Espresso machine", "899.90");
        submit(cast.cleo(), "Mountain bike", "1450.25");
        submit(cast.dan(), "Field recorder", "300");
        submit(cast.eve(), "Potter's wheel", "489.99");
        submit(cast.finn(), "Folding kayak", "2500");
    }

    private void review(Cast cast) {
        String approved = submit(cast.ben(), "Delivery van", "12500");
        calls.write(ADMIN, Addresses.EARNINGS_SUBMISSION_APPROVE, approved, null);
        String rejected = submit(cast.finn(), "Sailing boat", "48000");
        calls.write(ADMIN, Addresses.EARNINGS_SUBMISSION_REJECT, rejected, reason("No proof of sale."));
        submit(cast.cleo(), "Darkroom, complete", "15000");
    }

    private String submit(Member member, String name, String value) {
        ObjectNode body = Json.object().put("productName", name).put("productValue", new BigDecimal(value));
        return calls.write(member.caller(), Addresses.EARNINGS_SUBMIT, body)
                .path("product")
                .path("id")
                .asText();
    }

    private void withdrawals(Cast cast) {
        withdraw(cast.ada(), "150");
        ObjectNode approved = Json.object().put("withdrawalId", withdraw(cast.ben(), "400"));
        calls.write(ADMIN, Addresses.WITHDRAWAL_APPROVE, approved);
        ObjectNode denied =
                reason("The account holder's name does not match.").put("withdrawalId", withdraw(cast.cleo(), "75.25"));
        calls.write(ADMIN, Addresses.WITHDRAWAL_DENY, denied);
        calls.write(cast.finn().caller(), Addresses.WITHDRAWAL_CANCEL, withdraw(cast.finn(), "20"), null);
        withdraw(cast.finn(), "310");
    }

    private String withdraw(Member member, String amount) {
        ObjectNode body = amount(amount).put("withdrawalPassword", WITHDRAWAL_PASSWORD);
        return calls.write(member.caller(), Addresses.WITHDRAWAL_REQUEST, body)
                .path("withdrawal")
                .path("id")
                .asText();
    }

    private void premium(Cast cast) {
        assign(cast.ada(), "5000", 3);
        assign(cast.ben(), "800", 1);
        calls.write(cast.ben().caller(), Addresses.PREMIUM_ACCEPT, null);
        assign(cast.dan(), "250", 7);
        calls.write(cast.dan().caller(), Addresses.PREMIUM_DECLINE, null);
    }

    private void assign(Member member, String amount, int position) {
        calls.write(
                ADMIN,
                Addresses.PREMIUM_ASSIGN,
                amount(amount).put("userId", member.id()).put("position", position));
    }

    private void claim(Member member) {
        ObjectNode bonus = Json.object().put("bonusId", "tier_silver");
        calls.write(member.caller(), Addresses.EARNINGS_BONUS_CLAIM, bonus);
    }

    private void hold(Member member) {
        calls.write(
                ADMIN,
                Addresses.PREMIUM_FREEZE,
                reason("Identity check pending; answer our ticket to end it.").put("userId", member.id()));
    }

    private static ObjectNode amount(String amount) {
        return Json.object().put("amount", new BigDecimal(amount));
    }

    private static ObjectNode reason(String text) {
        return Json.object().put("reason", text);
    }

    private static String email(String username) {
        return username + "@demo.example.com";
    }
}
