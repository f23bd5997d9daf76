package io.cloneplatform.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.acceptance.ledger.Books;
import io.cloneplatform.acceptance.ledger.Journal;
import io.cloneplatform.acceptance.process.BankClient.Bank;
import io.cloneplatform.acceptance.process.Tally.Movement;
import io.cloneplatform.common.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Sixteen clients move the money of eight members in every way there is, and hang up now and then: whenever an auditor looks,
 * the books add up and hold what was acknowledged. {@code -Dbank.seconds} says for how long, {@code -Dbank.seed} which
 * requests are sent.
 */
@Timeout(300)
class BankIT {
    private static final String ADMIN_KEY = "bank-admin-key-for-tests";
    private static final int CLIENTS = 16;
    private static final Duration TIME =
            Duration.ofSeconds(Long.getLong("bank.seconds", "true".equals(System.getenv("CI")) ? 60 : 10));
    private static final long SEED = Long.getLong("bank.seed", System.nanoTime());
    private static final long PAUSE_MS = 250;

    /** The transfers of a movement: their kind and phase. */
    private static final Map<Movement, List<String>> BOOKED_AS = new EnumMap<>(Map.of(
            Movement.SUBMISSION, List.of("submission", "posted"),
            Movement.HOLD, List.of("withdrawal", "pending"),
            Movement.PAYOUT, List.of("withdrawal", "post"),
            Movement.RELEASE, List.of("withdrawal", "void")));

    private final Tally tally = new Tally();

    @Test
    void whateverClientsDoTheBooksAddUp() {
        String database = TestDatabase.create();
        System.out.println("bank.seed=" + SEED + " for " + TIME);
        try (PlatformProcess platform = Launch.jar("standalone")
                        .with("DATABASE_URL", database, "ADMIN_KEY", ADMIN_KEY, "DAILY_CREDIT_CAP", "1000000000")
                        .start()
                        .awaitReady();
                Journal journal = new Journal(database);
                Journal closing = new Journal(database)) {
            Bank bank = open(platform.api());
            List<Future<?>> clients = start(bank);
            int audits = audit(bank, journal, clients);
            clients.forEach(BankIT::finish);
            close(bank, closing.frozen());
            System.out.println(audits + " audits while " + tally);
        }
    }

    /** A line of five, a branch of two, and one alone. */
    private Bank open(Api api) {
        List<Member> members = new ArrayList<>();
        int[] parents = {-1, 0, 1, 2, 3, 0, 5, -1};
        for (int i = 0; i < parents.length; i++) {
            members.add(Member.signUp(api, "bank-" + i, parents[i] < 0 ? null : members.get(parents[i])));
        }
        return new Bank(api.as(ADMIN_KEY), members, new ConcurrentLinkedQueue<>(), tally);
    }

    private List<Future<?>> start(Bank bank) {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        long end = System.nanoTime() + TIME.toNanos();
        List<Future<?>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            BankClient client = new BankClient(bank, SEED + i);
            clients.add(threads.submit(() -> {
                while (System.nanoTime() < end) {
                    client.work();
                }
            }));
        }
        threads.shutdown();
        return clients;
    }

    private static void finish(Future<?> client) {
        try {
            client.get();
        } catch (ExecutionException e) {
            throw new AssertionError("A client met what it must not meet", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Reads the books as long as the clients work; what was acknowledged before is there, what nobody asked for is not. */
    private int audit(Bank bank, Journal journal, List<Future<?>> clients) {
        int audits = 0;
        while (clients.stream().anyMatch(client -> !client.isDone())) {
            Map<Movement, Long> booked = new EnumMap<>(Movement.class);
            Stream.of(Movement.values()).forEach(movement -> booked.put(movement, tally.booked(movement)));
            Books books = Books.read(journal).requireSound();
            booked.forEach((movement, atLeast) -> assertThat(books.moved(movement.name()))
                    .as("%s in %s", movement, books)
                    .isBetween(atLeast, tally.possible(movement)));
            if (audits++ % 10 == 0) {
                requireBalanced(bank);
            }
            Waiting.pause(PAUSE_MS);
        }
        return audits;
    }

    private static void requireBalanced(Bank bank) {
        Answer verified = bank.admin().get("/admin/ledger/verify").ok();
        assertThat(verified.at("/balanced").asBoolean()).as("%s", verified).isTrue();
    }

    /** Each acknowledged request is in the journal once; of the abandoned ones some are, each of them wholly. */
    private void close(Bank bank, Journal journal) {
        Books books = Books.read(journal).requireSound();
        assertThat(journal.brokenEntries())
                .as("entries that were wrong at some time")
                .isZero();
        Map<Movement, Long> found = new EnumMap<>(Movement.class);
        Stream.of(Movement.values()).forEach(movement -> found.put(movement, abandonedButBooked(movement, books)));
        BOOKED_AS.forEach((movement, as) ->
                requireEachOnce(journal.references(as.get(0), as.get(1)), tally.ids(movement), found.get(movement)));
        Set<String> adjustments = new HashSet<>(tally.ids(Movement.CREDIT));
        adjustments.addAll(tally.ids(Movement.DEBIT));
        requireEachOnce(
                journal.references("adjustment", "posted"),
                adjustments,
                found.get(Movement.CREDIT) + found.get(Movement.DEBIT));
        requireBalanced(bank);
        System.out.println("Abandoned, but booked: " + found);
    }

    private long abandonedButBooked(Movement movement, Books books) {
        long each = movement == Movement.SUBMISSION ? BankClient.ABANDONED_SUBMISSION : BankClient.ABANDONED_OTHER;
        long unknown = books.moved(movement.name()) - tally.booked(movement);
        assertThat(unknown % each)
                .as("%s that nobody asked for in %s", movement, books)
                .isZero();
        assertThat(unknown / each)
                .as("abandoned, but booked %s in %s", movement, books)
                .isBetween(0L, (long) tally.abandonedCount(movement));
        return unknown / each;
    }

    private static void requireEachOnce(List<String> booked, Set<String> acknowledged, long unknown) {
        assertThat(booked).doesNotHaveDuplicates().containsAll(acknowledged);
        assertThat(booked.size() - acknowledged.size()).isEqualTo((int) unknown);
    }
}
