package io.cloneplatform.benchmarks.growth;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cloneplatform.benchmarks.measure.Sample;

/**
 * What one probe saw on both sides.
 *
 * @param problem the first answer that was not the expected one; null when there was none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Compared(String name, String operation, Sample small, Sample large, String problem) {
    /** How much longer a call may take among many members. */
    static final double LIMIT = 1.2;

    /** How much longer 95 of 100 calls take among many members. */
    @JsonProperty
    double ratio() {
        return large.p95Ms() / small.p95Ms();
    }

    @JsonProperty
    boolean met() {
        return ratio() <= LIMIT;
    }

    boolean wentWell() {
        return small.errors() + large.errors() == 0;
    }
}
