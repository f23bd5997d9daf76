package io.cloneplatform.common.cluster;

import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.BusClient;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.bus.Undelivered;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.HashSet;
import java.util.Set;

/**
 * The bus between processes: each request is sent to one process, which is known to live. When that one leaves the cluster,
 * what it had not answered fails at once; what may be repeated is asked of another process, once.
 */
public final class ClusterBus implements BusClient {
    private static final int MAX_TRIES = 3;
    private static final int SHARE_OF_FIRST_TRY = 3;

    private final EventBus bus;
    private final Peers peers;
    private final UnderWay underWay;

    public ClusterBus(Vertx vertx, Peers peers) {
        this.bus = vertx.eventBus();
        this.peers = peers;
        this.underWay = new UnderWay(vertx);
        peers.onLeft(underWay::fail);
    }

    @Override
    public Future<Reply> request(Request request, boolean repeatable) {
        return ask(request, repeatable, Set.of());
    }

    // Somebody may have come since the last look.
    private Future<Reply> ask(Request request, boolean repeatable, Set<String> tried) {
        String service = Addresses.service(request.operation());
        return peers.next(service, tried)
                .map(node -> ask(service, node, request, repeatable, tried))
                .orElseGet(() -> peers.refresh().compose(looked -> peers.next(service, tried)
                        .map(node -> ask(service, node, request, repeatable, tried))
                        .orElseGet(() -> Future.succeededFuture(Undelivered.nobody()))));
    }

    private Future<Reply> ask(String service, String node, Request request, boolean repeatable, Set<String> tried) {
        Set<String> triedNow = new HashSet<>(tried);
        triedNow.add(node);
        boolean mayRepeat = repeatable && tried.isEmpty() && peers.another(service, triedNow);
        return send(service, node, request, mayRepeat)
                .map(Message::body)
                .compose(
                        reply -> tried.isEmpty() && hadNoRoom(reply) && peers.another(service, triedNow)
                                ? ask(request, repeatable, triedNow)
                                : Future.succeededFuture(reply),
                        failure -> after(failure, node, request, repeatable, triedNow));
    }

    // Refused before anything was begun, so that another process may be asked whatever it is.
    private static boolean hadNoRoom(Reply reply) {
        return reply instanceof Reply.Refused refused && refused.code() == ErrorCode.OVERLOADED;
    }

    // A third of the time for the first of two tries: what is slow may still be answered by the second.
    private Future<Message<Reply>> send(String service, String node, Request request, boolean mayRepeat) {
        long limitMs = mayRepeat ? Math.max(1, request.remainingMs() / SHARE_OF_FIRST_TRY) : request.remainingMs();
        Future<Message<Reply>> answer = underWay.until(
                node,
                bus.request(Addresses.direct(service, node), request, new DeliveryOptions().setSendTimeout(limitMs)));
        if (!peers.lives(node)) { // left since it was chosen, so nothing else would say so
            underWay.fail(node);
        }
        return answer;
    }

    private Future<Reply> after(
            Throwable failure, String node, Request request, boolean repeatable, Set<String> tried) {
        peers.avoid(node);
        boolean more = tried.size() < MAX_TRIES && request.remainingMs() > 1;
        if (more && (isNeverDelivered(failure) || (repeatable && tried.size() == 1))) {
            return ask(request, repeatable, tried);
        }
        return Future.succeededFuture(
                failure instanceof UnderWay.Left ? Undelivered.lost() : Undelivered.refusal(request, failure));
    }

    private static boolean isNeverDelivered(Throwable failure) {
        return failure instanceof ReplyException e && e.failureType() == ReplyFailure.NO_HANDLERS;
    }
}
