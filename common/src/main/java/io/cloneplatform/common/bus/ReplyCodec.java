package io.cloneplatform.common.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Passes replies by reference inside a JVM; between JVMs an answer's bytes travel as they are. */
final class ReplyCodec<R extends Reply> implements MessageCodec<R, Reply> {
    private final String name;

    ReplyCodec(String name) {
        this.name = name;
    }

    @Override
    public void encodeToWire(Buffer buffer, R reply) {
        byte[] encoded = StoredReply.encode(reply);
        buffer.appendInt(encoded.length).appendBytes(encoded);
    }

    @Override
    public Reply decodeFromWire(int pos, Buffer buffer) {
        int start = pos + Integer.BYTES;
        return StoredReply.decode(buffer.getBytes(start, start + buffer.getInt(pos)));
    }

    @Override
    public Reply transform(R reply) {
        return reply;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
