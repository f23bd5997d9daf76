package io.cloneplatform.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.acceptance.contract.CommonRefusals.Expected;
import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.launch.Node;
import io.cloneplatform.common.launch.ServiceModule;
import io.cloneplatform.gateway.GatewayService;
import io.cloneplatform.gateway.document.ApiOperation;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** A second gateway, believing the first one's tokens, with nothing or only trouble behind it. */
final class FailingServices implements AutoCloseable {
    private static final int CLIENTS = 16;

    private final RunningPlatform gateway;
    private volatile int trouble = 503;

    FailingServices(RunningPlatform platform) {
        gateway = RunningPlatform.start(
                platform.databaseUrl(),
                Map.of("REQUEST_TIMEOUT_MS", "500"),
                List.of(new BorrowedTrust(platform), new GatewayService()));
    }

    /** Answers what the gateway asks about tokens from another platform. */
    private record BorrowedTrust(RunningPlatform platform) implements ServiceModule {
        @Override
        public String name() {
            return "trust";
        }

        @Override
        public Future<Void> deploy(Node node) {
            node.vertx().eventBus().<Request>consumer(Addresses.AUTH_TRUST, message -> platform.vertx()
                    .eventBus()
                    .<Reply>request(Addresses.AUTH_TRUST, message.body())
                    .onSuccess(answer -> message.reply(answer.body())));
            return Future.succeededFuture();
        }
    }

    /** A request of each operation that would work if its service did. */
    Map<ApiOperation, Draft> drafts(Document document, Map<String, Sample> samples, World world) {
        Map<ApiOperation, Draft> drafts = new LinkedHashMap<>();
        document.operations().forEach((id, operation) -> {
            drafts.put(operation, samples.get(id).good().apply(world));
        });
        return drafts;
    }

    /** Sends every request and has each answer held against a status. */
    void expect(Map<ApiOperation, Draft> drafts, int status, BiFunction<ApiOperation, Expected, List<String>> hold) {
        if (trouble == 503 && status != 503) {
            drafts.keySet().stream()
                    .flatMap(operation -> operation.address().stream())
                    .distinct()
                    .forEach(address -> gateway.vertx().eventBus().consumer(address, this::reply));
        }
        trouble = status;
        List<List<String>> complaints = Clients.share(
                CLIENTS,
                drafts.keySet(),
                operation -> hold.apply(operation, expected(operation, drafts.get(operation), status)));
        assertThat(complaints.stream().flatMap(List::stream)).isEmpty();
    }

    private Expected expected(ApiOperation operation, Draft draft, int status) {
        return new Expected("trouble " + status, status, null, () -> draft.call(gateway, operation)
                .send());
    }

    private void reply(Message<Request> message) {
        switch (trouble) {
            case 409 ->
                message.reply(Reply.refuse(
                        ErrorCode.IDEMPOTENCY_KEY_IN_PROGRESS, "A request with this key is still running"));
            case 500 -> message.reply(Reply.refuse(ErrorCode.INTERNAL, "Something went wrong on our side"));
            default -> {
                // 504: nobody ever answers
            }
        }
    }

    @Override
    public void close() {
        gateway.close();
    }
}
