package io.cloneplatform.benchmarks.measure;

import java.util.LinkedHashMap;
import java.util.Map;

/** One pass over every step, with what was seen so far. */
public final class Round {
    private final Map<String, Sample> samples = new LinkedHashMap<>();

    void add(String step, Sample sample) {
        samples.put(step, sample);
    }

    /** What a step saw that came before in this round. */
    public Sample of(String step) {
        Sample sample = samples.get(step);
        if (sample == null) {
            throw new IllegalArgumentException("not measured yet: " + step);
        }
        return sample;
    }

    /** Everything seen, by step. */
    public Map<String, Sample> samples() {
        return Map.copyOf(samples);
    }
}
