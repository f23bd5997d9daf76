package io.cloneplatform.common.batch;

/** The deadline of an item passed before it was written. */
public final class TooLate extends RuntimeException {
    TooLate() {
        super("The deadline passed before it was written", null, false, false);
    }
}
