package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.acceptance.process.Tally.Movement;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;

/** One of many clients of the bank: moves money of random members in random ways, and counts what comes of it. */
final class BankClient {
    /** A submission worth a multiple of this is split without rounding, so that everybody's share is known. */
    static final long STEP = 20;

    static final long ABANDONED_SUBMISSION = 39 * STEP;
    static final long ABANDONED_OTHER = 77;
    private static final int MOST = 5_000;

    private final Bank bank;
    private final Random random;
    private final PatientClient client = new PatientClient();

    /**
     * What all clients share.
     *
     * @param pending withdrawals nobody has decided about yet
     */
    record Bank(Api admin, List<Member> members, Queue<Pending> pending, Tally tally) {}

    /** A pending withdrawal. */
    record Pending(Member member, String id, long cents) {}

    BankClient(Bank bank, long seed) {
        this.bank = bank;
        this.random = new Random(seed);
    }

    /** Moves money once. */
    void work() {
        Member member = bank.members.get(random.nextInt(bank.members.size()));
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> submit(member);
            case 5, 6, 7, 8 -> hold(member);
            case 9, 10 -> decide("approve");
            case 11, 12 -> decide("deny");
            case 13, 14 -> decide("cancel");
            case 15 -> adjust(member, Movement.CREDIT);
            case 16 -> adjust(member, Movement.DEBIT);
            case 17 -> look(member);
            case 18 -> abandonSubmission(member);
            default -> abandonAnother(member);
        }
    }

    private long cents() {
        return 1L + random.nextInt(MOST);
    }

    private static BigDecimal major(long cents) {
        return BigDecimal.valueOf(cents, 2);
    }

    private void submit(Member member) {
        long cents = STEP * (1L + random.nextInt(500));
        request(Movement.SUBMISSION, cents, member.api(), "/submit-product", product(cents), "/product/id");
    }

    private static Map<String, ?> product(long cents) {
        return Map.of("productName", "Lamp", "productValue", major(cents));
    }

    private void hold(Member member) {
        long cents = cents();
        String id = request(Movement.HOLD, cents, member.api(), "/withdrawals", hold(cents), "/withdrawal/id");
        if (id != null) {
            bank.pending.add(new Pending(member, id, cents));
        }
    }

    private static Map<String, ?> hold(long cents) {
        return Map.of("amount", major(cents), "withdrawalPassword", Member.WITHDRAWAL_PASSWORD);
    }

    private void decide(String action) {
        Pending pending = bank.pending.poll();
        if (pending == null) {
            return;
        }
        if (random.nextInt(4) == 0) {
            bank.pending.add(pending); // so that somebody else decides about it too
        }
        boolean cancel = action.equals("cancel");
        request(
                action.equals("approve") ? Movement.PAYOUT : Movement.RELEASE,
                pending.cents,
                cancel ? pending.member.api() : bank.admin,
                cancel ? "/withdrawals/" + pending.id + "/cancel" : "/admin/" + action + "-withdrawal",
                cancel ? Map.of() : Map.of("withdrawalId", pending.id),
                "/withdrawal/id");
    }

    private void adjust(Member member, Movement movement) {
        long cents = cents();
        request(
                movement,
                cents,
                bank.admin,
                "/admin/adjust-balance",
                adjustment(member, movement, cents),
                "/adjustment/id");
    }

    private static Map<String, ?> adjustment(Member member, Movement movement, long cents) {
        BigDecimal amount = major(movement == Movement.CREDIT ? cents : -cents);
        return new HashMap<>(Map.of("userId", member.id(), "amount", amount, "reason", "Correction"));
    }

    /** The id of what was booked, or null when it was refused. */
    private String request(Movement movement, long cents, Api api, String path, Object body, String idPointer) {
        bank.tally.asked(movement, cents);
        Answer answer = client.post(api, path, body, UUID.randomUUID().toString());
        if (answer.status() == 200) {
            String id = answer.ok().string(idPointer);
            bank.tally.booked(movement, cents, id);
            return id;
        }
        assertThat(answer.problem(400).string("/code")).as("%s", answer).isIn("INSUFFICIENT_BALANCE", "WRONG_STATE");
        bank.tally.refused(movement, cents);
        return null;
    }

    private void look(Member member) {
        Answer profile = member.api().get("/profile").ok();
        assertThat(profile.money("/balance")).as("%s", profile).isNotNegative();
        assertThat(profile.money("/heldBalance")).as("%s", profile).isNotNegative();
    }

    private void abandonSubmission(Member member) {
        abandon(
                Movement.SUBMISSION,
                ABANDONED_SUBMISSION,
                member.api(),
                "/submit-product",
                product(ABANDONED_SUBMISSION));
    }

    private void abandonAnother(Member member) {
        switch (random.nextInt(3)) {
            case 0 -> abandon(Movement.HOLD, ABANDONED_OTHER, member.api(), "/withdrawals", hold(ABANDONED_OTHER));
            case 1 -> abandonAdjustment(member, Movement.CREDIT);
            default -> abandonAdjustment(member, Movement.DEBIT);
        }
    }

    private void abandonAdjustment(Member member, Movement movement) {
        Map<String, ?> body = adjustment(member, movement, ABANDONED_OTHER);
        abandon(movement, ABANDONED_OTHER, bank.admin, "/admin/adjust-balance", body);
    }

    private void abandon(Movement movement, long cents, Api api, String path, Object body) {
        bank.tally.asked(movement, cents);
        bank.tally.abandoned(movement);
        api.abandon(path, body, random.nextInt(4) > 0);
    }
}
