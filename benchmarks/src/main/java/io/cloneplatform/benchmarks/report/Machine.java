package io.cloneplatform.benchmarks.report;

import java.lang.management.ManagementFactory;

/**
 * What it was measured on. Absolute figures of different machines cannot be compared.
 *
 * @param loadAverage of the minute before, so more than the processors when others work on the machine too
 */
public record Machine(String system, int processors, String java, double loadAverage) {
    /** This machine, now. */
    public static Machine now() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                system.getName() + " " + system.getVersion() + " " + system.getArch(),
                system.getAvailableProcessors(),
                Runtime.version().toString(),
                system.getSystemLoadAverage());
    }
}
