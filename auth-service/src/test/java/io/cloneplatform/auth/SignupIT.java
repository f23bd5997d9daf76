package io.cloneplatform.auth;

import static io.cloneplatform.auth.AuthFixture.anybody;
import static io.cloneplatform.auth.AuthFixture.signupBody;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.auth.AuthFixture.SignedUp;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SignupIT {
    private static final int PARALLEL = 8;

    private static AuthFixture auth;

    @BeforeAll
    static void start() {
        auth = new AuthFixture();
    }

    @AfterAll
    static void stop() {
        auth.close();
    }

    private static ErrorCode refused(ObjectNode body) {
        return auth.platform.refused(Addresses.AUTH_SIGNUP, anybody(), Map.of(), body);
    }

    private static List<Reply> inParallel(java.util.function.IntFunction<ObjectNode> body) {
        List<Future<Reply>> replies = IntStream.range(0, PARALLEL)
                .mapToObj(i -> auth.send(Addresses.AUTH_SIGNUP, anybody(), body.apply(i)))
                .toList();
        Future.all(replies).await();
        return replies.stream().map(Future::result).toList();
    }

    @Test
    void opensAnEmptyAccountWithDocumentCodeAndSession() {
        SignedUp joan = auth.signup(signupBody().put("username", "Joan.C").put("gender", "female"));
        assertThat(joan.user().get("username").asText()).isEqualTo("Joan.C");
        assertThat(joan.user().get("vipTier").asText()).isEqualTo("Normal");
        assertThat(joan.user().get("parentUserId").isNull()).isTrue();
        assertThat(joan.code()).matches("[A-HJKMNP-Z2-9]{8}");
        assertThat(joan.session().get("token_type").asText()).isEqualTo("bearer");
        assertThat(joan.session().get("expires_in").asInt()).isEqualTo(3600);

        JsonNode document = auth.platform.document(Keys.user(joan.id()));
        assertThat(document.get("gender").asText()).isEqualTo("female");
        assertThat(document.get("balance").asInt()).isZero();
        assertThat(document.has("premiumAssignment")).isFalse();
        assertThat(auth.platform
                        .document(Keys.inviteCode(joan.code()))
                        .get("userId")
                        .asText())
                .isEqualTo(joan.id().toString());
        assertThat(auth.platform.number("SELECT balance FROM ledger_account WHERE id = ?", joan.id()))
                .isZero();
    }

    @Test
    void keepsPasswordsOutOfEveryDocument() {
        auth.signup(signupBody().put("withdrawalPassword", "a separate secret"));
        assertThat(auth.platform.number(
                        "SELECT count(*) FROM kv_store_44a642d3 WHERE value::text ILIKE '%password%' OR value::text LIKE '%$argon2%'"
                                + " OR value::text LIKE '%horse%' OR value::text LIKE '%secret%'"))
                .isZero();
    }

    @Test
    void hangsAnInvitedMemberBelowTheInviter() {
        SignedUp parent = auth.signup();
        SignedUp child =
                auth.signup(signupBody().put("invitationCode", parent.code().toLowerCase(Locale.ROOT)));
        SignedUp grandchild = auth.signup(signupBody().put("invitationCode", child.code()));

        assertThat(child.user().get("parentUserId").asText())
                .isEqualTo(parent.id().toString());
        assertThat(auth.platform
                        .document(Keys.user(parent.id()))
                        .get("childCount")
                        .asInt())
                .isEqualTo(1);
        JsonNode link = auth.platform.document(Keys.referral(parent.id(), child.id()));
        assertThat(link.get("childEmail").asText()).isEqualTo(child.email());
        assertThat(link.get("totalSharedProfit").asInt()).isZero();
        assertThat(link.get("lastProductAt").isNull()).isTrue();
        assertThat(auth.platform.single("SELECT grandparent_id FROM member WHERE id = ?", grandchild.id()))
                .isEqualTo(parent.id());
    }

    @Test
    void takesABlankCodeForNone() {
        SignedUp member = auth.signup(signupBody().put("invitationCode", " "));
        assertThat(member.user().get("parentUserId").isNull()).isTrue();
    }

    @Test
    void refusesAnUnknownCodeNamingTheField() {
        Reply.Refused refusal = auth.platform.refusal(
                Addresses.AUTH_SIGNUP, anybody(), Map.of(), signupBody().put("invitationCode", "NOSUCH22"));
        assertThat(refusal.code()).isEqualTo(ErrorCode.UNKNOWN_INVITATION_CODE);
        assertThat(refusal.errors()).extracting("field").containsExactly("invitationCode");
    }

    @Test
    void refusesATakenAddressInAnyCase() {
        SignedUp first = auth.signup();
        assertThat(refused(signupBody().put("email", first.email().toUpperCase(Locale.ROOT))))
                .isEqualTo(ErrorCode.EMAIL_TAKEN);
    }

    @Test
    void refusesATakenUsernameInAnyCase() {
        auth.signup(signupBody().put("username", "Turing"));
        assertThat(refused(signupBody().put("username", "tURING"))).isEqualTo(ErrorCode.USERNAME_TAKEN);
    }

    @Test
    void derivesACleanFreeUsernameFromTheAddress() {
        SignedUp first = auth.signup(signupBody().put("email", "Grace+Hopper.1@example.com"));
        SignedUp second = auth.signup(signupBody().put("email", "gracehopper.1@example.org"));
        SignedUp tiny = auth.signup(signupBody().put("email", "é@example.com"));
        assertThat(first.user().get("username").asText()).isEqualTo("gracehopper.1");
        assertThat(second.user().get("username").asText()).matches("gracehopper\\.1\\d+");
        assertThat(tiny.user().get("username").asText()).isEqualTo("member");
    }

    @Test
    void refusesWhatDoesNotBind() {
        assertThat(refused(Json.object().put("email", "a@example.com"))).isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(refused(signupBody().put("gender", "unknown"))).isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(refused(signupBody().put("password", "short"))).isEqualTo(ErrorCode.VALIDATION_FAILED);
    }

    @Test
    void letsOneOfManyParallelSignupsHaveTheAddress() {
        ObjectNode body = signupBody();
        List<Reply> replies = inParallel(i -> body.deepCopy().put("username", AuthFixture.freshName()));
        assertThat(replies).filteredOn(Reply.Done.class::isInstance).hasSize(1);
        assertThat(replies)
                .filteredOn(Reply.Refused.class::isInstance)
                .extracting("code")
                .containsOnly(ErrorCode.EMAIL_TAKEN);
    }

    @Test
    void givesEachOfManyParallelSignupsItsOwnDerivedName() {
        List<Reply> replies = inParallel(i -> signupBody().put("email", "hedy@example" + i + ".com"));
        assertThat(replies).hasOnlyElementsOfType(Reply.Done.class);
        assertThat(auth.platform.number("SELECT count(*) FROM member WHERE username LIKE 'hedy%'"))
                .isEqualTo(PARALLEL);
    }

    @Test
    void countsEveryOneOfManyParallelChildren() {
        SignedUp parent = auth.signup();
        List<Reply> replies = inParallel(i -> signupBody().put("invitationCode", parent.code()));
        assertThat(replies).hasOnlyElementsOfType(Reply.Done.class);
        assertThat(auth.platform
                        .document(Keys.user(parent.id()))
                        .get("childCount")
                        .asInt())
                .isEqualTo(PARALLEL);
    }

    @Test
    void answersARetryUnderTheSameKeyWithTheFirstAnswer() {
        ObjectNode body = signupBody();
        Reply first = auth.platform
                .send(Addresses.AUTH_SIGNUP, anybody(), Map.of(), body, "retry-1")
                .await();
        Reply second = auth.platform
                .send(Addresses.AUTH_SIGNUP, anybody(), Map.of(), body, "retry-1")
                .await();
        assertThat(second.replayed()).isTrue();
        assertThat(((Reply.Done) second).body()).isEqualTo(((Reply.Done) first).body());
    }
}
