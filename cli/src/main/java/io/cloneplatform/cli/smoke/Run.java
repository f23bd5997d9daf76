package io.cloneplatform.cli.smoke;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One run of the suite: the deployment, and everything made in it so that it can be removed. */
final class Run {
    private final Api api;
    private final String tag = "smoke-" + UUID.randomUUID().toString().substring(0, 13);
    private final List<Member> members = new ArrayList<>();
    private final List<String> tickets = new ArrayList<>();
    private final List<String> conversations = new ArrayList<>();

    Run(Api api) {
        this.api = api;
    }

    Api api() {
        return api;
    }

    /** In every name and address this run makes. */
    String tag() {
        return tag;
    }

    List<Member> members() {
        return members;
    }

    List<String> tickets() {
        return tickets;
    }

    List<String> conversations() {
        return conversations;
    }

    /** At most one member of this run who is not the given one, to try what must not be theirs. */
    List<Member> others(Member owner) {
        return members.stream().filter(member -> !member.equals(owner)).limit(1).toList();
    }

    /** Signs a new member up and checks the answer; the parent may be null. */
    Member signUp(String role, Member parent) {
        String username = tag + "-" + role;
        String email = username + "@example.com";
        String password = UUID.randomUUID().toString();
        String name = "Smoke " + role;
        Map<String, Object> body = new HashMap<>(
                Map.of("email", email, "username", username, "name", name, "password", password, "gender", "other"));
        if (parent != null) {
            body.put("invitationCode", parent.invitationCode());
        }
        Answer answer = api.post("/signup", null, body).ok();
        Member member = new Member(
                answer.string("/user/id"),
                email,
                username,
                name,
                password,
                answer.string("/session/access_token"),
                answer.string("/user/invitationCode"));
        members.add(member);
        answer.equal("/user/email", email)
                .equal("/user/username", username)
                .equal("/user/name", name)
                .equal("/user/vipTier", "Normal")
                .equal("/user/parentUserId", parent == null ? null : parent.id())
                .equal("/session/token_type", "bearer")
                .text("/session/refresh_token");
        return member;
    }

    /** Signs a member in and returns the new access token. */
    String signIn(Member member) {
        Answer answer = api.post("/signin", null, Map.of("email", member.email(), "password", member.password()))
                .ok()
                .equal("/user/id", member.id())
                .equal("/user/email", member.email())
                .equal("/session/token_type", "bearer")
                .equal("/session/expires_in", 3600);
        return answer.string("/session/access_token");
    }

    /** What an earlier check made; fails naming that check when it made nothing. */
    static <T> T need(T value, String check) {
        if (value == null) {
            throw new CheckFailed("needs what '" + check + "' makes, which failed");
        }
        return value;
    }
}
