package io.cloneplatform.acceptance.model;

import io.cloneplatform.acceptance.model.Command.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What happened at the same moment happened in some order: looks for one in which the model gives the same answers. */
final class Explanation {
    private Explanation() {}

    /** The model after that order, or empty when there is none. */
    static Optional<MoneyModel> of(MoneyModel before, List<Command> commands, List<Outcome> outcomes) {
        List<Integer> all = IntStream.range(0, commands.size()).boxed().toList();
        return search(before, commands, outcomes, all);
    }

    private static Optional<MoneyModel> search(
            MoneyModel model, List<Command> commands, List<Outcome> outcomes, List<Integer> left) {
        if (left.isEmpty()) {
            return Optional.of(model);
        }
        for (Integer next : left) {
            MoneyModel after = model.copy();
            if (after.apply(commands.get(next)).equals(outcomes.get(next))) {
                List<Integer> others = new ArrayList<>(left);
                others.remove(next);
                Optional<MoneyModel> found = search(after, commands, outcomes, others);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
