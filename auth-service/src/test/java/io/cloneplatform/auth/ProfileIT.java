package io.cloneplatform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.auth.AuthFixture.SignedUp;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProfileIT {
    private static AuthFixture auth;

    @BeforeAll
    static void start() {
        auth = new AuthFixture();
    }

    @AfterAll
    static void stop() {
        auth.close();
    }

    private static JsonNode profile(SignedUp member) {
        return auth.platform.ok(Addresses.AUTH_PROFILE_GET, member.caller(), Map.of(), null);
    }

    private static JsonNode update(SignedUp member, ObjectNode body) {
        return auth.platform.ok(Addresses.AUTH_PROFILE_UPDATE, member.caller(), Map.of(), body);
    }

    @Test
    void showsTheSameFieldsInsideProfileAndAtTheTop() {
        JsonNode answer = profile(auth.signup());
        JsonNode profile = answer.get("profile");
        assertThat(profile.fieldNames())
                .toIterable()
                .containsExactly(
                        "id",
                        "email",
                        "username",
                        "name",
                        "gender",
                        "balance",
                        "heldBalance",
                        "totalEarned",
                        "vipTier",
                        "invitationCode",
                        "parentUserId",
                        "childCount",
                        "productsSubmitted",
                        "accountFrozen",
                        "freezeAmount",
                        "freezeReason",
                        "premiumAssignment",
                        "createdAt");
        assertThat(((ObjectNode) answer).without(List.of("success", "profile")).toString())
                .isEqualTo(profile.toString());
    }

    @Test
    void showsMoneyToTheCent() {
        SignedUp member = auth.signup();
        auth.platform.credit(new Member(member.id(), "x", null), 1_234_567_890_12L);
        assertThat(profile(member).get("balance").decimalValue()).isEqualByComparingTo("1234567890.12");
    }

    @Test
    void showsAnOpenAssignmentWithoutItsInternals() {
        SignedUp member = auth.signup();
        auth.platform.execute(
                "UPDATE kv_store_44a642d3 SET value = value || '{\"premiumAssignment\":{\"id\":\"p\",\"amount\":5000,\"freezes\":true}}' WHERE key = ?",
                Keys.user(member.id()));
        assertThat(profile(member).get("premiumAssignment").toString()).isEqualTo("{\"id\":\"p\",\"amount\":5000}");
    }

    @Test
    void keepsEveryPlaceThatNamesTheMemberInStep() {
        SignedUp parent = auth.signup();
        SignedUp member = auth.signup(AuthFixture.signupBody().put("invitationCode", parent.code()));
        String address = AuthFixture.freshName() + "@example.net";
        JsonNode answer = update(
                member,
                Json.object().put("name", "Ada Lovelace").put("gender", "other").put("email", address));

        assertThat(answer.get("name").asText()).isEqualTo("Ada Lovelace");
        assertThat(answer.get("profile").get("gender").asText()).isEqualTo("other");
        JsonNode link = auth.platform.document(Keys.referral(parent.id(), member.id()));
        assertThat(link.get("childName").asText()).isEqualTo("Ada Lovelace");
        assertThat(link.get("childEmail").asText()).isEqualTo(address);
        auth.signin(address, AuthFixture.PASSWORD);
        assertThat(auth.refusedSignin(member.email(), AuthFixture.PASSWORD).code())
                .isEqualTo(ErrorCode.INVALID_CREDENTIALS);
    }

    @Test
    void changesOnlyWhatIsGiven() {
        SignedUp member = auth.signup();
        assertThat(update(member, Json.object()).get("profile"))
                .isEqualTo(profile(member).get("profile"));
        assertThat(update(member, Json.object().put("name", "Emmy"))
                        .get("email")
                        .asText())
                .isEqualTo(member.email());
        assertThat(update(member, Json.object().put("email", member.email().toUpperCase(Locale.ROOT)))
                        .get("email")
                        .asText())
                .isEqualTo(member.email().toUpperCase(Locale.ROOT));
    }

    @Test
    void refusesATakenAddress() {
        SignedUp other = auth.signup();
        SignedUp member = auth.signup();
        assertThat(auth.platform.refused(
                        Addresses.AUTH_PROFILE_UPDATE,
                        member.caller(),
                        Map.of(),
                        Json.object().put("email", other.email().toUpperCase(Locale.ROOT))))
                .isEqualTo(ErrorCode.EMAIL_TAKEN);
    }

    @Test
    void letsOneOfManyHaveAnAddressThatAllWantAtOnce() {
        List<SignedUp> members = Stream.generate(auth::signup).limit(8).toList();
        for (int round = 0; round < 3; round++) {
            ObjectNode wanted = Json.object().put("email", AuthFixture.freshName() + "@example.net");
            ObjectNode newcomer = AuthFixture.signupBody().setAll(wanted);
            List<Future<Reply>> replies = Stream.concat(
                            Stream.of(auth.send(Addresses.AUTH_SIGNUP, AuthFixture.anybody(), newcomer)),
                            members.stream()
                                    .map(member -> auth.send(Addresses.AUTH_PROFILE_UPDATE, member.caller(), wanted)))
                    .toList();
            Future.all(replies).await();
            assertThat(replies)
                    .extracting(Future::result)
                    .filteredOn(Reply.Done.class::isInstance)
                    .hasSize(1);
            assertThat(replies)
                    .extracting(Future::result)
                    .filteredOn(Reply.Refused.class::isInstance)
                    .extracting("code")
                    .containsOnly(ErrorCode.EMAIL_TAKEN);
        }
    }
}
