package io.cloneplatform.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.acceptance.contract.World.Member;
import io.cloneplatform.common.config.PlatformConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What members read about their own money, and take away as a file. */
@ExtendWith(RunningPlatform.Shared.class)
class StatementIT {
    private final RunningPlatform platform;
    private final World world;

    StatementIT(RunningPlatform platform) {
        this.platform = platform;
        this.world = new World(platform);
    }

    private Answer file(Member member, String path) {
        Answer answer = platform.call("GET", path)
                .bearer(member.token())
                .header("Accept", "text/csv")
                .send();
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("text/csv; charset=utf-8; header=present");
        assertThat(answer.header("Content-Disposition").orElse(""))
                .matches("attachment; filename=\"statement-\\d{4}-\\d{2}-\\d{2}\\.csv\"");
        return answer;
    }

    private void review(String verb, String withdrawal) {
        world.admin("POST", "/admin/" + verb + "-withdrawal")
                .json("{'withdrawalId': '" + withdrawal + "'}")
                .ok();
    }

    @Test
    void everyStepOfAWithdrawalIsALineWithTheBalancesAfterIt() {
        Member member = world.memberWith("100");
        review("approve", world.withdrawal(member));
        review("deny", world.withdrawal(member));
        world.as(member, "POST", "/withdrawals/" + world.withdrawal(member) + "/cancel", "{}");
        JsonNode answer =
                platform.call("GET", "/statement").bearer(member.token()).ok();
        List<String> lines = new ArrayList<>();
        answer.get("statement")
                .forEach(
                        line -> lines.add(Stream.of("description", "amount", "held", "balance", "heldBalance", "posted")
                                .map(field -> line.get(field).asText())
                                .reduce((a, b) -> a + " " + b)
                                .orElseThrow()));
        assertThat(lines)
                .containsExactly(
                        "Cancelled 0 -10 90 0 90",
                        "Held 0 10 80 10 90",
                        "Denied 0 -10 90 0 90",
                        "Held 0 10 80 10 90",
                        "Paid out -10 -10 90 0 90",
                        "Held 0 10 90 10 100",
                        "null 100 0 100 0 100");
        assertThat(answer.get("balances").toString()).isEqualTo("{\"posted\":90,\"held\":0,\"available\":90}");
    }

    @Test
    void theFileGoesOnWhereItsLinkSaysUnderEveryBasePath() {
        Member member = world.member();
        for (int i = 1; i <= 5; i++) {
            world.as(
                    member,
                    "POST",
                    "/submit-product",
                    "{'productName': 'Lamp, \\'no. " + i + "\\'', 'productValue': 10}");
        }
        for (String target :
                List.of("/statement", PlatformConfig.PREDECESSOR_BASE_PATH + "/statement", "/statement/")) {
            String path = target + "?limit=2&from=2026-01-01";
            StringBuilder lines = new StringBuilder();
            while (path != null) {
                Answer answer = file(member, path);
                lines.append(answer.text().substring(answer.text().indexOf("\r\n") + 2));
                path = next(path, answer);
            }
            assertThat(lines.toString().split("\r\n")).hasSize(5);
            assertThat(file(member, target + "?limit=5").text()).endsWith(lines);
            assertThat(lines.toString()).contains(",\"Lamp, \"\"no. 3\"\"\",");
        }
    }

    private static String next(String path, Answer answer) {
        String link = answer.header("Link").orElse(null);
        if (link == null) {
            return null;
        }
        assertThat(link).matches("<\\./[^<>\\s]+>; rel=\"next\"").contains("from=2026-01-01");
        return URI.create(path).resolve(link.substring(1, link.indexOf('>'))).toString();
    }

    @Test
    void aFileThatCannotBeHadIsRefusedAsEverythingIs() {
        for (String path : List.of("/statement?cursor=!", "/statement?format=pdf", "/statement?to=x")) {
            Answer answer = platform.call("GET", path)
                    .bearer(world.anyMember().token())
                    .header("Accept", "text/csv")
                    .send();
            assertThat(answer.status()).as("%s", answer).isEqualTo(400);
            assertThat(AnswerRules.refusalComplaints(answer)).isEmpty();
        }
        Answer nobody =
                platform.call("GET", "/statement").header("Accept", "text/csv").send();
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(AnswerRules.refusalComplaints(nobody)).isEmpty();
    }

    @Test
    void whatTheDocumentOffersInOneFormComesInIt() {
        Answer answer = platform.call("GET", "/products")
                .bearer(world.anyMember().token())
                .header("Accept", "text/csv")
                .send();
        assertThat(answer.mediaType()).isEqualTo("application/json");
        assertThat(answer.header("Vary")).isEmpty();
        assertThat(platform.call("GET", "/statement?accept=text/csv")
                        .bearer(world.anyMember().token())
                        .header("Accept", "image/png")
                        .send()
                        .mediaType())
                .isEqualTo("application/json");
    }

    @Test
    void browsersMayReadTheLinkAndTheName() {
        Answer answer = platform.call("GET", "/statement?format=csv")
                .bearer(world.anyMember().token())
                .header("Origin", "https://app.example.com")
                .send();
        assertThat(answer.header("Access-Control-Expose-Headers").orElse(""))
                .containsIgnoringCase("Link")
                .containsIgnoringCase("Content-Disposition");
    }
}
