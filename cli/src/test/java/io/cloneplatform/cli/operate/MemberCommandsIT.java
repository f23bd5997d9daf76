package io.cloneplatform.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.cli.operate.OperatedPlatform.Person;
import io.cloneplatform.cli.operate.OperatedPlatform.Ran;
import org.junit.jupiter.api.Test;

/** {@code clonectl user}, {@code premium} and {@code transactions} against a running platform. */
class MemberCommandsIT {
    private final OperatedPlatform platform = OperatedPlatform.get();

    @Test
    void aMemberIsFoundByIdAddressAndUsername() {
        Person joan = platform.person("joan");
        platform.credit(joan, "150.5");
        for (String name : new String[] {
            joan.id(),
            joan.username(),
            joan.username().toUpperCase(java.util.Locale.ROOT),
            joan.username() + "@members.internal"
        }) {
            assertThat(platform.ok("user", "balance", name))
                    .isEqualTo("Available  150.50 USD%nHeld       0.00 USD%nTogether   150.50 USD%n".formatted());
        }
        assertThat(platform.ok("user", "show", joan.id()))
                .contains("joan (" + joan.username() + ")", "j***@members.internal", "adjustment", "150.50 USD")
                .doesNotContain(joan.username() + "@");
        assertThat(platform.ok("user", "show", joan.id(), "--full")).contains(joan.username() + "@members.internal");
        JsonNode document = platform.run("user", "show", joan.id(), "--json").json();
        assertThat(document.at("/user/email").asText()).isEqualTo("j***@members.internal");
        assertThat(document.at("/entries/0/amount").decimalValue()).isEqualByComparingTo("150.5");
        assertThat(platform.run("user", "balance", joan.username(), "--json")
                        .json()
                        .path("total")
                        .decimalValue())
                .isEqualByComparingTo("150.5");
    }

    @Test
    void whoIsNotOneMemberIsRefusedWithThoseWhoAreSimilar() {
        Person one = platform.person("twin");
        Person other = platform.person("twin");
        Ran ambiguous = platform.run("user", "show", "twin");
        assertThat(ambiguous.exit()).isEqualTo(1);
        assertThat(ambiguous.out()).isEmpty();
        assertThat(ambiguous.err()).contains(one.username(), one.id(), other.username());
        Ran unknown = platform.run("user", "balance", "nobody-at-all", "--json");
        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.problem().path("code").asText()).isEqualTo("NO_SUCH_MEMBER");
        Ran noId = platform.run("user", "balance", "01985a44-9e20-7b32-9d10-6a7c8e0f2b02");
        assertThat(noId.exit()).isEqualTo(1);
        assertThat(noId.err()).contains("404 NOT_FOUND");
        assertThat(platform.run("user", "show", one.id(), "--entries", "501").exit())
                .isEqualTo(2);
    }

    @Test
    void anAccountIsHeldAndReleased() {
        Person person = platform.person("held");
        String before = platform.state();
        assertThat(platform.ok("user", "freeze", person.id(), "--reason", "Identity check", "--dry-run"))
                .contains("open", "paused: Identity check", "Nothing was changed");
        assertThat(platform.ok("user", "unfreeze", person.id(), "--dry-run")).contains("would be refused");
        assertThat(platform.state()).isEqualTo(before);
        assertThat(platform.ok("user", "freeze", person.username(), "--reason", "Identity check"))
                .isEqualTo("New withdrawals of %s are paused: Identity check%n".formatted(person.username()));
        assertThat(platform.ok("user", "show", person.id())).contains("Withdrawals   paused: Identity check");
        assertThat(platform.ok("user", "unfreeze", person.id(), "--dry-run"))
                .contains("paused: Identity check", "open");
        assertThat(platform.ok("user", "unfreeze", person.id()))
                .isEqualTo("New withdrawals of %s are open%n".formatted(person.username()));
        Ran again = platform.run("user", "unfreeze", person.id(), "--json");
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.problem().path("status").asInt()).isEqualTo(400);
    }

    @Test
    void aPremiumAssignmentIsOfferedListedAndRevoked() {
        Person person = platform.person("premium");
        platform.credit(person, "1500");
        String before = platform.state();
        assertThat(platform.ok("premium", "assign", person.id(), "--amount", "5000", "--position", "3", "--dry-run"))
                .contains(
                        "offered, 5000.00 USD at position 3", "3500.00 USD would be uncovered", "Nothing was changed");
        assertThat(platform.ok("premium", "revoke", person.id(), "--dry-run")).contains("would be refused");
        assertThat(platform.ok("premium", "refresh-cache", "--dry-run")).contains("Nothing was changed");
        assertThat(platform.state()).isEqualTo(before);
        assertThat(platform.ok("premium", "assign", person.username(), "--amount", "5000", "--position", "3"))
                .contains("offered, 5000.00 USD at position 3", "500.00 USD on top", "only 1500.00 USD is available");
        assertThat(platform.ok("premium", "list")).contains("5000.00 USD", person.id(), "offered");
        assertThat(platform.run("premium", "list", "--limit", "1", "--json")
                        .json()
                        .path("assignments"))
                .hasSize(1);
        platform.as(person).change("POST", "/premium/accept", null, null);
        assertThat(platform.ok("user", "show", person.id())).contains("paused (3500.00 USD uncovered)", "active");
        assertThat(platform.ok("user", "unfreeze", person.id(), "--dry-run")).contains("its freeze stays");
        assertThat(platform.ok("premium", "revoke", person.id(), "--dry-run")).contains("none", "paused (3500.00");
        assertThat(platform.ok("premium", "revoke", person.id())).contains("revoked", "open");
        assertThat(platform.ok("premium", "refresh-cache")).contains("assignments read in");
        assertThat(platform.run("premium", "assign", person.id(), "--amount", "0", "--position", "1")
                        .exit())
                .isEqualTo(2);
        assertThat(platform.run("premium", "assign", person.id(), "--amount", "1e9999999", "--position", "1")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void transactionsAreListedNewestFirstAPageAtATime() {
        Person person = platform.person("booked");
        platform.credit(person, "10");
        platform.credit(person, "20");
        String withdrawal = platform.withdrawal(person, "5");
        assertThat(platform.ok("transactions", "recent", "--limit", "3"))
                .contains("withdrawal", "pending", "5.00 USD", "20.00 USD", "booked", "There is more: --cursor ");
        JsonNode first = platform.run("transactions", "recent", "--user", person.id(), "--limit", "2", "--json")
                .json();
        assertThat(first.at("/transactions/0/id").asText()).isEqualTo(withdrawal);
        assertThat(first.at("/transactions/1/amount").decimalValue()).isEqualByComparingTo("20");
        String cursor = first.path("nextCursor").asText();
        JsonNode second = platform.run(
                        "transactions", "recent", "--user", person.username(), "--cursor", cursor, "--json")
                .json();
        assertThat(second.path("transactions")).hasSize(1);
        assertThat(second.at("/transactions/0/userName").asText()).isEqualTo("booked");
        assertThat(second.path("nextCursor").isNull()).isTrue();
        assertThat(platform.run("transactions", "recent", "--cursor", cursor).err())
                .contains("cursor");
    }

    @Test
    void whatMembersWriteCannotMoveATerminal() {
        var hostile = platform.inside().member("Mallory\u001b[2J\u009b1A\u202e\u0007gnp", null);
        String shown = platform.ok("user", "show", hostile.id().toString());
        assertThat(shown).contains("Mallory\\u001B[2J\\u009B1A\\u202E\\u0007gnp");
        String json = platform.ok("user", "show", hostile.id().toString(), "--json", "--full");
        for (String text : new String[] {shown, json}) {
            assertThat(text.chars().filter(c -> c != '\n')).allMatch(c -> c >= 0x20 && c < 0x7F);
        }
    }
}
