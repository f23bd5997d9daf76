package io.cloneplatform.acceptance.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * How to use one operation: a request that works, and requests that the operation's own rules refuse.
 *
 * @param operation the operationId
 * @param good makes what the request needs, and the request
 * @param more other requests that work, for answers the first does not show
 * @param refusals requests that are refused
 * @param once whether a request that worked cannot work again
 */
record Sample(
        String operation,
        Function<World, Draft> good,
        List<Function<World, Draft>> more,
        List<Refusal> refusals,
        boolean once) {

    /**
     * A request that a rule refuses.
     *
     * @param status the HTTP status
     * @param code the stable token
     * @param draft makes what the request needs, and the request
     */
    record Refusal(int status, String code, Function<World, Draft> draft) {}

    /** A request that works as often as it is sent. */
    static Sample of(String operation, Function<World, Draft> good) {
        return new Sample(operation, good, List.of(), List.of(), false);
    }

    /** A request that uses up what it needs. */
    static Sample once(String operation, Function<World, Draft> good) {
        return new Sample(operation, good, List.of(), List.of(), true);
    }

    Sample also(Function<World, Draft> other) {
        List<Function<World, Draft>> others = new ArrayList<>(more);
        others.add(other);
        return new Sample(operation, good, List.copyOf(others), refusals, once);
    }

    Sample refused(int status, String code, Function<World, Draft> draft) {
        List<Refusal> others = new ArrayList<>(refusals);
        others.add(new Refusal(status, code, draft));
        return new Sample(operation, good, more, List.copyOf(others), once);
    }
}
