package io.cloneplatform.common.bus;

import io.cloneplatform.common.idempotency.Imprint;
import io.cloneplatform.common.idempotency.Writes;
import io.cloneplatform.common.metrics.Counts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.sqlclient.SqlConnection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operations of one service: a table from bus address to use case. The adapter around each decodes, calls, and
 * always replies, also when the use case throws.
 */
public final class Operations {
    private static final Logger LOG = LoggerFactory.getLogger(Operations.class);

    private final Writes writes;
    private final Map<String, Function<Request, Future<Reply>>> byAddress = new LinkedHashMap<>();
    private final Map<String, BiConsumer<Request, Reply>> observers = new HashMap<>();
    private final Map<String, OperationMeters> meters = new HashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();

    public Operations(Writes writes) {
        this.writes = writes;
    }

    /** A write with work to do before its transaction, such as hashing. */
    @FunctionalInterface
    public interface PreparedWrite<P> {
        /** Does it inside the transaction; a refusal undoes everything it wrote. */
        Future<Reply> apply(SqlConnection tx, Request request, P prepared);
    }

    /** A write that one statement does, with its idempotency row and audit record, when nothing stands in its way. */
    @FunctionalInterface
    public interface WriteAtOnce<P> {
        /** Does it and returns the JSON answer, or writes nothing and returns nothing. */
        Future<Optional<String>> apply(Request request, P prepared, Imprint imprint);
    }

    /** An operation that changes nothing. */
    public Operations read(String address, Function<Request, Future<Reply>> operation) {
        byAddress.put(address, operation);
        return this;
    }

    /** An operation that changes state: one transaction, replayable under its idempotency key. */
    public Operations write(String address, BiFunction<SqlConnection, Request, Future<Reply>> operation) {
        byAddress.put(address, request -> writes.run(request, tx -> operation.apply(tx, request)));
        return this;
    }

    /**
     * Like {@link #write(String, BiFunction)}, with a step outside the transaction first; a key that was used before is
     * answered without it.
     */
    public <P> Operations write(String address, Function<Request, Future<P>> prepare, PreparedWrite<P> operation) {
        byAddress.put(
                address,
                request -> unlessEarlier(request, () -> prepare.apply(request)
                        .compose(prepared -> writes.run(request, tx -> operation.apply(tx, request, prepared)))));
        return this;
    }

    /** Like {@link #write(String, BiFunction)}, at once when possible. */
    public Operations write(
            String address, WriteAtOnce<Void> atOnce, BiFunction<SqlConnection, Request, Future<Reply>> operation) {
        byAddress.put(
                address,
                request -> writes.run(
                        request, imprint -> atOnce.apply(request, null, imprint), tx -> operation.apply(tx, request)));
        return this;
    }

    /** Like {@link #write(String, Function, PreparedWrite)}, at once when possible. */
    public <P> Operations write(
            String address, Function<Request, Future<P>> prepare, WriteAtOnce<P> atOnce, PreparedWrite<P> operation) {
        byAddress.put(
                address,
                request -> unlessEarlier(request, () -> prepare.apply(request)
                        .compose(prepared -> writes.run(
                                request,
                                imprint -> atOnce.apply(request, prepared, imprint),
                                tx -> operation.apply(tx, request, prepared)))));
        return this;
    }

    /** Lets someone look at every reply of an operation, once it is committed and before it is sent. */
    public Operations observe(String address, BiConsumer<Request, Reply> observer) {
        observers.put(address, observer);
        return this;
    }

    /** Times every operation that there is; before any is served. */
    public void measure(Counts metrics) {
        byAddress.keySet().forEach(address -> meters.put(address, new OperationMeters(metrics, address)));
    }

    private Future<Reply> unlessEarlier(Request request, Supplier<Future<Reply>> operation) {
        return writes.earlier(request)
                .compose(first -> first.map(Future::succeededFuture).orElseGet(operation));
    }

    /** The addresses served. */
    public Set<String> addresses() {
        return Set.copyOf(byAddress.keySet());
    }

    /** How many requests are being worked on. */
    public int underWay() {
        return underWay.get();
    }

    /** Serves every operation at its own address inside this JVM. */
    public Future<Void> register(Vertx vertx) {
        return Future.all(byAddress.keySet().stream()
                        .map(address -> vertx.eventBus()
                                .<Request>localConsumer(address, this::serve)
                                .completion())
                        .toList())
                .mapEmpty();
    }

    /** Serves every operation at one address of the cluster; completes when the whole cluster knows. */
    public Future<Void> register(Vertx vertx, String address) {
        return vertx.eventBus().<Request>consumer(address, this::serve).completion();
    }

    private void serve(Message<Request> message) {
        Request request = message.body();
        long start = System.nanoTime();
        if (System.currentTimeMillis() > request.deadlineMs()) {
            finish(message, start, Reply.refuse(ErrorCode.TIMEOUT, "The request was not finished in time"));
            return;
        }
        underWay.incrementAndGet();
        call(request)
                .recover(fault -> Future.succeededFuture(Faults.refusal(request, fault)))
                .onSuccess(reply -> finish(message, start, reply))
                .onComplete(done -> underWay.decrementAndGet());
    }

    private void finish(Message<Request> message, long start, Reply reply) {
        String operation = message.body().operation();
        OperationMeters measured = meters.get(operation);
        if (measured != null) {
            measured.record(System.nanoTime() - start, reply);
        }
        observe(message.body(), reply);
        message.reply(reply);
    }

    private void observe(Request request, Reply reply) {
        BiConsumer<Request, Reply> observer = observers.get(request.operation());
        try {
            if (observer != null) {
                observer.accept(request, reply);
            }
        } catch (RuntimeException e) {
            RequestFields.during(
                    request,
                    () -> LOG.error("{} {} was not counted", request.trace().shownId(), request.operation(), e));
        }
    }

    private Future<Reply> call(Request request) {
        Function<Request, Future<Reply>> operation = byAddress.get(request.operation());
        if (operation == null) {
            return Future.succeededFuture(Undelivered.nobody());
        }
        try {
            return operation.apply(request);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
