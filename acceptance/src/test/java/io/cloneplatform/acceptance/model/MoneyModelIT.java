package io.cloneplatform.acceptance.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.acceptance.model.Command.Outcome;
import io.cloneplatform.acceptance.model.ModelledPlatform.Run;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/**
 * Random trees of members move money in random ways, up to four at the same moment: there is an order of those four in which
 * the model gives the same answers, and then everybody has what the model says. The report prints the seed; the same one in
 * {@code @Property(seed = "...")} tries the same again.
 */
class MoneyModelIT {
    private static final int ROOM = 100;
    private static ModelledPlatform platform;

    @BeforeContainer
    static void start() {
        platform = new ModelledPlatform();
    }

    @AfterContainer
    static void stop() {
        platform.close();
    }

    @Provide
    Arbitrary<List<Integer>> trees() {
        return Wishes.trees();
    }

    @Provide
    Arbitrary<List<List<Command>>> waves() {
        return Wishes.waves();
    }

    @Property(tries = 30, edgeCases = EdgeCasesMode.NONE)
    void thePlatformDoesWhatTheModelDoes(
            @ForAll("trees") List<Integer> parents, @ForAll("waves") List<List<Command>> waves) {
        Run run = platform.start(parents);
        MoneyModel model = new MoneyModel(parents);
        for (int wave = 0; wave < waves.size(); wave++) {
            List<Command> commands =
                    Wishes.possible(waves.get(wave), parents.size(), run.withdrawals(), run.submissions(), wave * ROOM);
            List<Outcome> outcomes = run.together(commands);
            outcomes.forEach(outcome -> Statistics.collect(outcome.verdict()));
            model = Explanation.of(model, commands, outcomes)
                    .orElseThrow(() -> new AssertionError("no order of " + commands + " explains " + outcomes));
            assertThat(run.purses()).as("after %s", commands).isEqualTo(model.purses());
        }
        assertThat(run.platform()).isEqualTo(model.platform());
        assertThat(platform.verify().get("problems")).isEmpty();
    }
}
