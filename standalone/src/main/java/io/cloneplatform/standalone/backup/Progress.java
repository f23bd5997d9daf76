package io.cloneplatform.standalone.backup;

/**
 * How far something is that takes its time.
 *
 * @param step what is being done
 * @param done bytes so far
 * @param total bytes in all, as far as it is known; 0 when it is not
 */
public record Progress(String step, long done, long total) {
    /** A step whose length nobody knows. */
    public static Progress of(String step) {
        return new Progress(step, 0, 0);
    }

    /** How much of it is done, from 0 to 100. */
    public int percent() {
        return total <= 0 ? 0 : (int) Math.max(0, Math.min(100, done * 100 / total));
    }
}
