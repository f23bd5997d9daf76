package io.cloneplatform.acceptance.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.acceptance.ledger.Journal;
import io.cloneplatform.acceptance.model.Command.Adjust;
import io.cloneplatform.acceptance.model.Command.Decide;
import io.cloneplatform.acceptance.model.Command.Decision;
import io.cloneplatform.acceptance.model.Command.Hold;
import io.cloneplatform.acceptance.model.Command.Outcome;
import io.cloneplatform.acceptance.model.Command.Reverse;
import io.cloneplatform.acceptance.model.Command.Submit;
import io.cloneplatform.acceptance.model.MoneyModel.Purse;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Caller;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.password.PasswordHasher;
import io.cloneplatform.common.testing.TestPlatform;
import io.cloneplatform.common.testing.TestPlatform.Member;
import io.cloneplatform.earnings.EarningsService;
import io.cloneplatform.withdrawal.WithdrawalService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The services that move money, on a real database, spoken to over the bus in the words of the model. */
final class ModelledPlatform implements AutoCloseable {
    private static final String PASSWORD = "separate secret";
    private static final Pattern SAID = Pattern.compile("is (\\w+);|(?:Available: \\$|balance of )([\\d.]+)");
    private static final Set<Integer> TRY_AGAIN = Set.of(409, 503, 504);

    private final TestPlatform platform = TestPlatform.start(List.of(new EarningsService(), new WithdrawalService()));
    private final Journal journal = new Journal(platform.url());
    private final String hash = hash();

    private static String hash() {
        Vertx vertx = Vertx.vertx();
        try {
            return new PasswordHasher(vertx, 1).hash(PASSWORD).await();
        } finally {
            vertx.close().await();
        }
    }

    /** The members of one run, and the withdrawals and submissions that they made. */
    final class Run {
        private final List<Member> members = new ArrayList<>();
        private final Map<Integer, Member> holders = new HashMap<>();
        private final Map<Integer, String> withdrawals = new HashMap<>();
        private final Map<Integer, String> submissions = new HashMap<>();
        private final long platformBefore = platformAccount();

        private Run(List<Integer> parents) {
            for (int parent : parents) {
                Member member = platform.member("m" + Ids.next(), parent < 0 ? null : members.get(parent));
                platform.execute(
                        "INSERT INTO credential (subject_id, password_hash, withdrawal_password_hash) VALUES (?, 'none', ?)",
                        member.id(),
                        hash);
                members.add(member);
            }
        }

        /** The numbers of withdrawals that were made, in the order in which they were asked for. */
        List<Integer> withdrawals() {
            return withdrawals.keySet().stream().sorted().toList();
        }

        /** The numbers of submissions that were made, in the same order. */
        List<Integer> submissions() {
            return submissions.keySet().stream().sorted().toList();
        }

        /** Sends all commands at once and waits for all answers. */
        List<Outcome> together(List<Command> commands) {
            List<String> keys =
                    commands.stream().map(command -> Ids.next().toString()).toList();
            List<Future<Reply>> calls = new ArrayList<>();
            for (int i = 0; i < commands.size(); i++) {
                calls.add(send(commands.get(i), keys.get(i)));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (int i = 0; i < commands.size(); i++) {
                Reply reply = calls.get(i).await();
                while (reply instanceof Reply.Refused refused
                        && TRY_AGAIN.contains(refused.code().status())) {
                    reply = send(commands.get(i), keys.get(i)).await();
                }
                outcomes.add(outcome(commands.get(i), reply));
            }
            return outcomes;
        }

        private Future<Reply> send(Command command, String key) {
            if (command instanceof Submit submit) {
                ObjectNode body = Json.object().put("productName", "Lamp").put("productValue", major(submit.value()));
                return send(Addresses.EARNINGS_SUBMIT, caller(submit.member()), Map.of(), body, key);
            }
            if (command instanceof Hold hold) {
                ObjectNode body =
                        Json.object().put("amount", major(hold.amount())).put("withdrawalPassword", PASSWORD);
                return send(Addresses.WITHDRAWAL_REQUEST, caller(hold.member()), Map.of(), body, key);
            }
            if (command instanceof Adjust adjust) {
                ObjectNode body = Json.object()
                        .put("userId", members.get(adjust.member()).id().toString())
                        .put("amount", major(adjust.amount()))
                        .put("reason", "model");
                return send(Addresses.EARNINGS_ADJUST_BALANCE, TestPlatform.admin(), Map.of(), body, key);
            }
            if (command instanceof Reverse reverse) {
                ObjectNode body = Json.object()
                        .put("transferId", submissions.get(reverse.number()))
                        .put("reason", "model");
                return send(Addresses.EARNINGS_REVERSE, TestPlatform.admin(), Map.of(), body, key);
            }
            return decide((Decide) command, key);
        }

        private Future<Reply> decide(Decide decide, String key) {
            String id = withdrawals.get(decide.number());
            ObjectNode body = Json.object().put("withdrawalId", id);
            return switch (decide.decision()) {
                case APPROVE -> send(Addresses.WITHDRAWAL_APPROVE, TestPlatform.admin(), Map.of(), body, key);
                case DENY -> send(Addresses.WITHDRAWAL_DENY, TestPlatform.admin(), Map.of(), body, key);
                case CANCEL -> {
                    Caller owner = holders.get(decide.number()).caller();
                    yield send(Addresses.WITHDRAWAL_CANCEL, owner, Map.of("id", id), null, key);
                }
            };
        }

        private Future<Reply> send(
                String address, Caller caller, Map<String, String> params, JsonNode body, String key) {
            return platform.send(address, caller, params, body, key);
        }

        private Caller caller(int member) {
            return members.get(member).caller();
        }

        private Outcome outcome(Command command, Reply reply) {
            if (reply instanceof Reply.Refused refused) {
                return new Outcome(refused.code().name(), command instanceof Reverse ? "" : said(refused.message()));
            }
            JsonNode answer = Json.read(((Reply.Done) reply).body(), JsonNode.class);
            if (command instanceof Hold hold) {
                withdrawals.put(hold.number(), answer.at("/withdrawal/id").textValue());
                holders.put(hold.number(), members.get(hold.member()));
            }
            if (command instanceof Submit submit) {
                submissions.put(submit.number(), answer.at("/product/id").textValue());
            }
            if (command instanceof Reverse) {
                return new Outcome(Outcome.OK, "");
            }
            boolean reviewed = command instanceof Decide decide && decide.decision() != Decision.CANCEL;
            return reviewed
                    ? new Outcome(Outcome.OK, answer.at("/withdrawal/status").textValue())
                    : Outcome.balance(cents(answer.get("newBalance").asText()));
        }

        /** What every member has by the books. */
        List<Purse> purses() {
            return members.stream().map(this::purse).toList();
        }

        private Purse purse(Member member) {
            JsonNode user = platform.document("user:" + member.id());
            return new Purse(
                    cents(user.get("balance").asText()),
                    cents(user.get("heldBalance").asText()),
                    cents(user.get("totalEarned").asText()),
                    user.get("productsSubmitted").intValue());
        }

        /** What was left to the platform since the run began. */
        long platform() {
            return platformAccount() - platformBefore;
        }
    }

    private static BigDecimal major(long cents) {
        return new Money(cents).major();
    }

    private static long cents(String major) {
        return Money.ofMajor(new BigDecimal(major)).minor();
    }

    /** The status or the available balance that a refusal names. */
    private static String said(String message) {
        Matcher matcher = SAID.matcher(message);
        if (!matcher.find()) {
            return message;
        }
        String status = matcher.group(1);
        return status != null ? status : Long.toString(cents(matcher.group(2)));
    }

    /** New members who have nothing yet. */
    Run start(List<Integer> parents) {
        return new Run(parents);
    }

    private long platformAccount() {
        return Long.parseLong(journal.texts("SELECT balance FROM ledger_account WHERE name = 'platform'")
                .get(0));
    }

    /** What the admin's check of the books finds. */
    JsonNode verify() {
        return platform.ok(Addresses.EARNINGS_LEDGER_VERIFY, TestPlatform.admin(), Map.of(), Json.object());
    }

    @Override
    public void close() {
        journal.close();
        platform.close();
    }
}
