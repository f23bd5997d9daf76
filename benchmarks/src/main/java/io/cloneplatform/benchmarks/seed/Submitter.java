package io.cloneplatform.benchmarks.seed;

/**
 * A member who calls the platform.
 *
 * @param number counted from the root of the tree
 * @param token the member's access token
 */
public record Submitter(long number, String token) {
    /** Whether checking this member's withdrawal password costs next to nothing. */
    public boolean hasCheapHash() {
        return number % 2 == 0;
    }
}
