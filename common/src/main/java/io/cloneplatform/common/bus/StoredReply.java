package io.cloneplatform.common.bus;

import io.cloneplatform.common.json.Json;
import io.vertx.core.buffer.Buffer;

/** The bytes of a reply, as they cross the bus and as they are kept under an idempotency key. */
public final class StoredReply {
    private static final byte DONE = 1;
    private static final byte REFUSED = 2;

    private StoredReply() {}

    /** Encodes a reply. */
    public static byte[] encode(Reply reply) {
        if (reply instanceof Reply.Done done) {
            byte mark = (byte) (done.replayed() ? 1 : 0);
            return Buffer.buffer(done.body().length + 2)
                    .appendByte(DONE)
                    .appendByte(mark)
                    .appendBytes(done.body())
                    .getBytes();
        }
        return Buffer.buffer()
                .appendByte(REFUSED)
                .appendByte((byte) 0)
                .appendBytes(Json.bytes(reply))
                .getBytes();
    }

    /** Decodes what {@link #encode} made. */
    public static Reply decode(byte[] encoded) {
        Buffer buffer = Buffer.buffer(encoded);
        byte[] payload = buffer.getBytes(2, encoded.length);
        return encoded[0] == DONE ? new Reply.Done(payload, encoded[1] == 1) : Json.read(payload, Reply.Refused.class);
    }
}
