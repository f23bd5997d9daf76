package io.cloneplatform.benchmarks.measure;

import java.util.List;

/**
 * Steps that belong together and what is wanted of them.
 *
 * @param steps in the order in which a round takes them
 */
public record Scenario(List<Step> steps, List<Target> targets) {
    public Scenario {
        steps = List.copyOf(steps);
        targets = List.copyOf(targets);
    }
}
