package io.cloneplatform.benchmarks;

import java.util.Locale;

/** What can be asked for by {@code --only}. */
enum ScenarioName {
    SUBMISSIONS,
    HOT_UPLINE,
    READS,
    ANALYTICS,
    WITHDRAWALS,
    CLUSTER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
