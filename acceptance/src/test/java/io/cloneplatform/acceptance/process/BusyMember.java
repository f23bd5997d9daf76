package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A member who submits and withdraws all the time, patiently: every request must have taken effect exactly once in the end,
 * whatever happened in between.
 */
final class BusyMember {
    static final BigDecimal VALUE = new BigDecimal("10.01");
    static final BigDecimal OWN_SHARE = new BigDecimal("8.01");
    static final BigDecimal PARENT_SHARE = new BigDecimal("1.00");
    private static final BigDecimal WITHDRAWN = new BigDecimal("3.33");
    private static final long BREATH_MS = 40;

    private final Member member;
    private final AtomicBoolean going = new AtomicBoolean(true);
    private final List<Done> done = new ArrayList<>();
    private final PatientClient client = new PatientClient();

    /** A request that was acknowledged, with the id of what it made. */
    private record Done(String path, Object body, String key, String id) {}

    BusyMember(Member member) {
        this.member = member;
    }

    Member member() {
        return member;
    }

    /** Works until told to finish. */
    void work() {
        while (going.get()) {
            submit();
            submit();
            withdraw();
            Waiting.pause(BREATH_MS);
        }
    }

    void finish() {
        going.set(false);
    }

    private void submit() {
        Map<String, ?> body = Map.of("productName", "Lamp", "productValue", VALUE);
        acknowledged("/submit-product", body, "/product/id");
    }

    private void withdraw() {
        Map<String, ?> body = Map.of("amount", WITHDRAWN, "withdrawalPassword", Member.WITHDRAWAL_PASSWORD);
        acknowledged("/withdrawals", body, "/withdrawal/id");
    }

    private void acknowledged(String path, Object body, String id) {
        String key = UUID.randomUUID().toString();
        Answer answer = client.post(member.api(), path, body, key).ok();
        note(new Done(path, body, key, answer.string(id)));
    }

    private synchronized void note(Done one) {
        done.add(one);
    }

    synchronized int acknowledged() {
        return done.size();
    }

    /** How often a request had to be sent again, by what made that necessary. */
    Map<String, Integer> retries() {
        return client.retries();
    }

    synchronized int submissions() {
        return (int)
                done.stream().filter(one -> one.path.equals("/submit-product")).count();
    }

    /** What was acknowledged under a path. */
    synchronized Set<String> ids(String path) {
        Set<String> ids = new TreeSet<>();
        done.stream().filter(one -> one.path.equals(path)).forEach(one -> ids.add(one.id));
        return ids;
    }

    /**
     * Everything that was acknowledged is there, nothing else is, and the money is right to the cent.
     *
     * @param decisions what an admin was told became of withdrawals, by their id; the others are pending
     */
    void verify(BigDecimal commissions, Map<String, String> decisions) {
        Map<String, String> withdrawals = listed("/withdrawals", "/withdrawals");
        assertThat(listed("/products", "/products").keySet()).isEqualTo(ids("/submit-product"));
        assertThat(withdrawals.keySet()).isEqualTo(ids("/withdrawals"));
        assertThat(withdrawals)
                .allSatisfy((id, status) ->
                        assertThat(status).as("status of %s", id).isEqualTo(decisions.getOrDefault(id, "pending")));
        assertThat(submissions() + withdrawals.size()).as("one effect each").isEqualTo(acknowledged());
        BigDecimal earned =
                OWN_SHARE.multiply(BigDecimal.valueOf(submissions())).add(commissions);
        BigDecimal held = worth(withdrawals, "pending");
        BigDecimal available = earned.subtract(held).subtract(worth(withdrawals, "approved"));
        Answer profile = member.api().get("/profile").ok();
        assertThat(profile.money("/totalEarned")).as("earned in %s", profile).isEqualByComparingTo(earned);
        assertThat(profile.money("/heldBalance")).as("held in %s", profile).isEqualByComparingTo(held);
        assertThat(profile.money("/balance")).as("balance in %s", profile).isEqualByComparingTo(available);
    }

    private static BigDecimal worth(Map<String, String> withdrawals, String status) {
        return WITHDRAWN.multiply(BigDecimal.valueOf(Collections.frequency(withdrawals.values(), status)));
    }

    /** The ids in a list, with their status. */
    private Map<String, String> listed(String path, String list) {
        Map<String, String> statuses = new TreeMap<>();
        String cursor = "";
        do {
            Answer page = member.api().get(path + "?limit=200" + cursor).ok();
            for (JsonNode one : page.at(list)) {
                assertThat(statuses.put(
                                one.get("id").textValue(), one.get("status").textValue()))
                        .as("listed before: %s", one)
                        .isNull();
            }
            JsonNode next = page.at("/nextCursor");
            cursor = next.isTextual() ? "&cursor=" + next.textValue() : null;
        } while (cursor != null);
        return statuses;
    }

    /** Sends what was acknowledged once more: the first answers come back, and nothing happens. */
    void repeat(int count) {
        List<Done> some;
        synchronized (this) {
            some = List.copyOf(done.subList(0, Math.min(count, done.size())));
        }
        for (Done one : some) {
            Answer again =
                    member.api().send("POST", one.path, one.body, one.key).ok();
            assertThat(again.header("idempotent-replayed"))
                    .as("replay in %s", again)
                    .isEqualTo("true");
            assertThat(again.text()).contains(one.id);
        }
    }
}
