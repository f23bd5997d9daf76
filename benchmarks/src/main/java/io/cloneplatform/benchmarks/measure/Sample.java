package io.cloneplatform.benchmarks.measure;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What one measurement saw. Latencies are milliseconds.
 *
 * @param perSecond finished units of work a second
 * @param errors answers that were not a success, and connections that failed
 * @param lateShare of requests sent by a schedule, how many left late because no connection was free; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Sample(double perSecond, double p50Ms, double p95Ms, double p99Ms, long errors, Double lateShare) {
    /** A measurement without latencies. */
    public static Sample rate(double perSecond) {
        return new Sample(perSecond, 0, 0, 0, 0, null);
    }

    /** The same at another rate. */
    public Sample withRate(double rate) {
        return new Sample(rate, p50Ms, p95Ms, p99Ms, errors, lateShare);
    }
}
