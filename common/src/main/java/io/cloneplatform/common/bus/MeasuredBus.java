package io.cloneplatform.common.bus;

import io.cloneplatform.common.metrics.Buckets;
import io.cloneplatform.common.metrics.Counts;
import io.vertx.core.Future;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** Any bus, with the time that each service takes to answer as its askers see it. */
public final class MeasuredBus implements BusClient {
    private final BusClient bus;
    private final Map<String, LongConsumer> durations;

    public MeasuredBus(BusClient bus, Counts metrics) {
        this.bus = bus;
        this.durations = Addresses.services().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(),
                        service -> metrics.durations(
                                "clone.bus.request.duration",
                                "From a request on the bus to its answer, as the asker sees it",
                                Buckets.fine(),
                                "service",
                                service)));
    }

    @Override
    public Future<Reply> request(Request request, boolean repeatable) {
        String service = Addresses.service(request.operation());
        LongConsumer took = Addresses.health(service).equals(request.operation()) ? null : durations.get(service);
        long start = System.nanoTime();
        Future<Reply> answer = bus.request(request, repeatable);
        return took == null ? answer : answer.onComplete(done -> took.accept(System.nanoTime() - start));
    }
}
