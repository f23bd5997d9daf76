package io.cloneplatform.common.bus;

import io.cloneplatform.common.json.Json;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** The bytes of a reply, as they cross the bus and as they are kept under an idempotency key. */
public final class StoredReply {
    private static final byte DONE = 1;
    private static final byte REFUSED = 2;
    private static final byte FILE = 3;
    private static final int HEAD = 2;

    private StoredReply() {}

    /** Encodes a reply. */
    public static byte[] encode(Reply reply) {
        if (reply instanceof Reply.Done done) {
            return done.file()
                    .map(file -> file(done, file))
                    .orElseGet(() -> head(DONE, done).appendBytes(done.body()).getBytes());
        }
        return Buffer.buffer()
                .appendByte(REFUSED)
                .appendByte((byte) 0)
                .appendBytes(Json.bytes(reply))
                .getBytes();
    }

    private static Buffer head(byte kind, Reply.Done done) {
        byte mark = (byte) (done.replayed() ? 1 : 0);
        return Buffer.buffer(done.body().length + HEAD).appendByte(kind).appendByte(mark);
    }

    private static byte[] file(Reply.Done done, Reply.File file) {
        byte[] description = Json.bytes(file);
        return head(FILE, done)
                .appendInt(description.length)
                .appendBytes(description)
                .appendBytes(done.body())
                .getBytes();
    }

    /** Decodes what {@link #encode} made. */
    public static Reply decode(byte[] encoded) {
        Buffer payload = Buffer.buffer(encoded).slice(HEAD, encoded.length);
        boolean replayed = encoded[1] == 1;
        return switch (encoded[0]) {
            case DONE -> new Reply.Done(payload.getBytes(), replayed);
            case FILE -> file(payload, replayed);
            default -> Json.read(payload.getBytes(), Reply.Refused.class);
        };
    }

    private static Reply file(Buffer payload, boolean replayed) {
        int start = Integer.BYTES + payload.getInt(0);
        Reply.File file = Json.read(payload.getBytes(Integer.BYTES, start), Reply.File.class);
        return new Reply.Done(payload.getBytes(start, payload.length()), replayed, Optional.of(file));
    }
}
