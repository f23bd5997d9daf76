package io.cloneplatform.benchmarks.measure;

import java.util.function.Function;

/**
 * Something that is measured once in every round.
 *
 * @param name what it is called in the results; steps of the same name are the same step
 * @param measurement measures it, knowing what the round has seen before
 */
public record Step(String name, Function<Round, Sample> measurement) {}
