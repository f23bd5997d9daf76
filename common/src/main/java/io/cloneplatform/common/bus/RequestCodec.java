package io.cloneplatform.common.bus;

import io.cloneplatform.common.json.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Passes requests by reference inside a JVM and as JSON between JVMs. On the wire the deadline is the time that remains,
 * so that clocks of different machines need not agree.
 */
final class RequestCodec implements MessageCodec<Request, Request> {
    @Override
    public void encodeToWire(Buffer buffer, Request request) {
        byte[] json = Json.bytes(withDeadline(request, request.deadlineMs() - System.currentTimeMillis()));
        buffer.appendInt(json.length).appendBytes(json);
    }

    @Override
    public Request decodeFromWire(int pos, Buffer buffer) {
        int start = pos + Integer.BYTES;
        Request request = Json.read(buffer.getBytes(start, start + buffer.getInt(pos)), Request.class);
        return withDeadline(request, request.deadlineMs() + System.currentTimeMillis());
    }

    private static Request withDeadline(Request r, long deadlineMs) {
        return new Request(r.operation(), r.caller(), r.params(), r.body(), r.idempotencyKey(), deadlineMs, r.trace());
    }

    @Override
    public Request transform(Request request) {
        return request;
    }

    @Override
    public String name() {
        return "request-1";
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
