package io.cloneplatform.benchmarks.growth;

/**
 * One way of calling an operation, made again and again on both sides.
 *
 * @param name as the results show it
 * @param operation the document's id of it
 * @param status what it answers
 * @param requests prepares what has to be there and says what to send
 */
record Probe(String name, String operation, int status, Requests requests) {
    /** Prepares a call. */
    @FunctionalInterface
    interface Requests {
        /**
         * What to send.
         *
         * @param index counts the calls of this probe on this side
         */
        Call next(Side side, int index) throws InterruptedException;
    }

    static Probe of(String name, String operation, Requests requests) {
        return new Probe(name, operation, 200, requests);
    }
}
