package io.cloneplatform.acceptance.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes what requests are about, through the API itself. */
final class World {
    static final String PASSWORD = "Password123";
    static final String WITHDRAWAL_PASSWORD = "Withdraw123";
    static final String ADMIN = RunningPlatform.ADMIN_KEY;
    static final List<String> PERMISSIONS = List.of(
            "users.view",
            "users.freeze",
            "users.tier",
            "users.balance",
            "users.delete",
            "premium.view",
            "premium.manage",
            "withdrawals.view",
            "withdrawals.manage",
            "submissions.manage",
            "support.manage",
            "metrics.view",
            "accounts.manage",
            "audit.view",
            "ledger.view",
            "ledger.fund");

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final RunningPlatform platform;
    private final Map<String, Member> kept = new ConcurrentHashMap<>();
    private final Map<String, Admin> admins = new ConcurrentHashMap<>();

    World(RunningPlatform platform) {
        this.platform = platform;
    }

    /** A member who is signed in. */
    record Member(String id, String email, String username, String token, String refreshToken, String invitationCode) {}

    /** An admin who is signed in. */
    record Admin(String id, String username, String token) {}

    /** A text that no other test uses. */
    static String unique(String word) {
        return word + COUNT.incrementAndGet() + Long.toString(System.nanoTime() % 1_000_000, 36);
    }

    /** An id that nothing has. */
    static String nobody() {
        return UUID.randomUUID().toString();
    }

    /** A new member, with a withdrawal password and nothing else. */
    Member member() {
        return signUp(", 'withdrawalPassword': '" + WITHDRAWAL_PASSWORD + "'");
    }

    /** A new member whom another one invited. */
    Member childOf(Member parent) {
        return signUp(", 'invitationCode': '" + parent.invitationCode() + "'");
    }

    /** A new member without a withdrawal password. */
    Member memberWithoutWithdrawalPassword() {
        return signUp("");
    }

    private Member signUp(String more) {
        String name = unique("m");
        JsonNode answer = platform.call("POST", "/signup")
                .json("{'email': '" + name + "@example.com', 'username': '" + name + "', 'password': '" + PASSWORD
                        + "', 'name': 'Member " + name + "'" + more + "}")
                .ok();
        JsonNode user = answer.get("user");
        JsonNode session = answer.get("session");
        return new Member(
                user.get("id").asText(),
                user.get("email").asText(),
                user.get("username").asText(),
                session.get("access_token").asText(),
                session.get("refresh_token").asText(),
                user.get("invitationCode").asText());
    }

    /** A member for requests that change nothing about the caller; always the same one. */
    Member anyMember() {
        return kept.computeIfAbsent("any", key -> member());
    }

    /** A new member with an available balance. */
    Member memberWith(String amount) {
        Member member = member();
        admin("POST", "/admin/adjust-balance")
                .json("{'userId': '" + member.id() + "', 'amount': " + amount + ", 'reason': 'test'}")
                .ok();
        return member;
    }

    /** A member with more money than any test spends; always the same one. */
    Member richMember() {
        return kept.computeIfAbsent("rich", key -> memberWith("1000000"));
    }

    /** A new member who earned 800 with a submission of 1,000. */
    Member earner() {
        Member member = member();
        as(member, "POST", "/submit-product", "{'productName': 'Lamp', 'productValue': 1000}");
        return member;
    }

    /** The id of a new pending withdrawal of 10. */
    String withdrawal(Member member) {
        return as(member, "POST", "/withdrawals", "{'amount': 10, 'withdrawalPassword': '" + WITHDRAWAL_PASSWORD + "'}")
                .at("/withdrawal/id")
                .asText();
    }

    /** The id of a new submission that waits for an admin. */
    String pendingSubmission(Member member) {
        return as(member, "POST", "/submit-product", "{'productName': 'Rack', 'productValue': 20000}")
                .at("/product/id")
                .asText();
    }

    /** A new member with an open premium offer of 5,000. */
    Member offered() {
        Member member = member();
        admin("POST", "/admin/premium")
                .json("{'userId': '" + member.id() + "', 'amount': 5000, 'position': 3}")
                .ok();
        return member;
    }

    /** A new member who accepted that offer, and whose withdrawals are paused by it. */
    Member accepted() {
        Member member = offered();
        as(member, "POST", "/premium/accept", "{}");
        return member;
    }

    /** A new member whose account an admin holds. */
    Member frozen() {
        Member member = memberWith("100");
        admin("POST", "/admin/freeze")
                .json("{'userId': '" + member.id() + "', 'reason': 'Identity check'}")
                .ok();
        return member;
    }

    /** The id of a new ticket. */
    String ticket(Member member) {
        return as(member, "POST", "/support-tickets", "{'subject': 'Question', 'message': 'How long?'}")
                .at("/ticket/id")
                .asText();
    }

    /** The id of the member's default conversation, with one more message in it. */
    String conversation(Member member) {
        return as(member, "POST", "/chat/messages", "{'message': 'Hello'}")
                .at("/message/conversationId")
                .asText();
    }

    /** The id of a new question with its answer. */
    String faq() {
        return admin("POST", "/admin/faq")
                .json("{'category': 'Testing', 'question': 'Does it work?', 'answer': 'It does.', 'order': 99}")
                .ok()
                .at("/faq/id")
                .asText();
    }

    /** A new admin with these permissions, signed in. */
    Admin newAdmin(List<String> permissions) {
        String name = unique("adm");
        var account = Json.object().put("username", name).put("password", PASSWORD);
        account.set("permissions", Json.MAPPER.valueToTree(permissions));
        String id = admin("POST", "/admin/accounts")
                .json(account)
                .ok()
                .at("/account/id")
                .asText();
        String token = platform.call("POST", "/admin-login")
                .json("{'username': '" + name + "', 'password': '" + PASSWORD + "'}")
                .ok()
                .at("/session/access_token")
                .asText();
        return new Admin(id, name, token);
    }

    /** A call of an admin who signed in. */
    Call as(Admin admin, String method, String path) {
        return platform.call(method, path).bearer(admin.token());
    }

    /** An admin with these permissions, for requests that change nothing about the admin. */
    Admin adminWith(String... permissions) {
        List<String> wanted = Arrays.asList(permissions);
        return admins.computeIfAbsent(wanted.toString(), key -> newAdmin(wanted));
    }

    /** An admin with every permission but one. */
    Admin adminWithout(String permission) {
        return adminWith(
                PERMISSIONS.stream().filter(other -> !other.equals(permission)).toArray(String[]::new));
    }

    /** A call under the admin key. */
    Call admin(String method, String path) {
        return platform.call(method, path).bearer(ADMIN);
    }

    /** What a member's call answers; it has to be 200. */
    JsonNode as(Member member, String method, String path, String singleQuoted) {
        return platform.call(method, path)
                .bearer(member.token())
                .json(singleQuoted)
                .ok();
    }
}
