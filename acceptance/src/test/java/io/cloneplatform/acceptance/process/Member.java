package io.cloneplatform.acceptance.process;

import java.util.HashMap;
import java.util.Map;

/**
 * A member as a client knows one.
 *
 * @param api the API with the member's token on every call
 */
record Member(String id, String email, String invitationCode, String token, Api api) {
    static final String PASSWORD = "Password123";
    static final String WITHDRAWAL_PASSWORD = "Withdraw123";

    /** Signs up; the inviting member may be null. */
    static Member signUp(Api api, String name, Member parent) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "email", name + "@example.com",
                "password", PASSWORD,
                "name", name,
                "withdrawalPassword", WITHDRAWAL_PASSWORD));
        if (parent != null) {
            body.put("invitationCode", parent.invitationCode);
        }
        Answer answer = api.post("/signup", body).ok();
        String token = answer.string("/session/access_token");
        return new Member(
                answer.string("/user/id"),
                name + "@example.com",
                answer.string("/user/invitationCode"),
                token,
                api.as(token));
    }
}
