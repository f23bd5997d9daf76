package io.cloneplatform.acceptance.model;

import io.cloneplatform.acceptance.model.Command.Adjust;
import io.cloneplatform.acceptance.model.Command.Decide;
import io.cloneplatform.acceptance.model.Command.Decision;
import io.cloneplatform.acceptance.model.Command.Hold;
import io.cloneplatform.acceptance.model.Command.Reverse;
import io.cloneplatform.acceptance.model.Command.Submit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Random trees of members, and random things that they and an admin might ask for. */
final class Wishes {
    private static final int MOST_MEMBERS = 6;
    private static final int MOST_AT_ONCE = 4;
    private static final int MOST_WAVES = 16;
    private static final int ANY = 999;
    private static final long CENTS = 3_000;

    private Wishes() {}

    /** For each member the number of the parent, who is one of those before, or -1. */
    static Arbitrary<List<Integer>> trees() {
        return Arbitraries.integers()
                .between(0, ANY)
                .list()
                .ofMinSize(1)
                .ofMaxSize(MOST_MEMBERS)
                .withSizeDistribution(RandomDistribution.uniform())
                .map(picks -> IntStream.range(0, picks.size())
                        .mapToObj(i -> picks.get(i) % (i + 1) - 1)
                        .toList());
    }

    /** What is asked for at the same moment, moment after moment. Its numbers are picks, which {@link #possible} reads. */
    static Arbitrary<List<List<Command>>> waves() {
        return wish().list()
                .ofMinSize(1)
                .ofMaxSize(MOST_AT_ONCE)
                .withSizeDistribution(RandomDistribution.uniform())
                .list()
                .ofMinSize(1)
                .ofMaxSize(MOST_WAVES)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    private static Arbitrary<Command> wish() {
        Arbitrary<Integer> pick = Arbitraries.integers().between(0, ANY);
        Arbitrary<Long> cents = Arbitraries.longs().between(1, CENTS);
        Arbitrary<Long> correction = Arbitraries.longs().between(-CENTS, CENTS).filter(change -> change != 0);
        return Arbitraries.frequencyOf(
                Tuple.of(4, Combinators.combine(pick, pick, cents).as(Submit::new)),
                Tuple.of(1, pick.map(Reverse::new)),
                Tuple.of(3, Combinators.combine(pick, pick, cents).as(Hold::new)),
                Tuple.of(2, Combinators.combine(pick, correction).as(Adjust::new)),
                Tuple.of(
                        4,
                        Combinators.combine(Arbitraries.of(Decision.class), pick)
                                .as(Decide::new)));
    }

    /**
     * What can be asked for: of the members there are, and about the withdrawals and submissions that were made.
     *
     * @param number the next number that no withdrawal and no submission has
     */
    static List<Command> possible(
            List<Command> wishes, int members, List<Integer> withdrawals, List<Integer> submissions, int number) {
        List<Command> commands = new ArrayList<>();
        for (Command wish : wishes) {
            if (wish instanceof Submit submit) {
                commands.add(new Submit(number + commands.size(), submit.member() % members, submit.value()));
            } else if (wish instanceof Hold hold) {
                commands.add(new Hold(number + commands.size(), hold.member() % members, hold.amount()));
            } else if (wish instanceof Adjust adjust) {
                commands.add(new Adjust(adjust.member() % members, adjust.amount()));
            } else if (wish instanceof Reverse reverse && !submissions.isEmpty()) {
                commands.add(new Reverse(submissions.get(reverse.number() % submissions.size())));
            } else if (wish instanceof Decide decide && !withdrawals.isEmpty()) {
                commands.add(new Decide(decide.decision(), withdrawals.get(decide.number() % withdrawals.size())));
            }
        }
        return commands;
    }
}
