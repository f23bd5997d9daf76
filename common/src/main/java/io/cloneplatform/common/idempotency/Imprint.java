package io.cloneplatform.common.idempotency;

import io.cloneplatform.common.audit.AuditLog;
import io.vertx.core.buffer.Buffer;

/**
 * What a statement that does a whole operation leaves behind beside its effect.
 *
 * @param operation the operation's name
 * @param keyHash what finds the idempotency row; null when the request has no key
 * @param fingerprint what the row remembers of the request; null when the request has no key
 * @param audit the audit record; null unless an admin calls
 */
public record Imprint(String operation, Buffer keyHash, Buffer fingerprint, AuditLog.Entry audit) {
    static Imprint of(String operation, SealedKey key, AuditLog.Entry audit) {
        return key == null
                ? new Imprint(operation, null, null, audit)
                : new Imprint(operation, Buffer.buffer(key.hash()), Buffer.buffer(key.fingerprint()), audit);
    }

    /** What a batch may have once; null when the request has no key. */
    public byte[] key() {
        return keyHash == null ? null : keyHash.getBytes();
    }
}
