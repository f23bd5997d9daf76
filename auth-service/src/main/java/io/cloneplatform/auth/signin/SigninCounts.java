package io.cloneplatform.auth.signin;

import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.metrics.Counts;

/** Counts who signed in and who failed to, by kind of account. */
public final class SigninCounts {
    private final Runnable ok;
    private final Runnable failed;
    private final Runnable refused;

    /** For one kind of account, {@code member} or {@code admin}. */
    public SigninCounts(Counts metrics, String kind) {
        this.ok = counter(metrics, kind, "ok");
        this.failed = counter(metrics, kind, "failed");
        this.refused = counter(metrics, kind, "refused");
    }

    private static Runnable counter(Counts metrics, String kind, String result) {
        return metrics.counter(
                "clone.signins",
                "Attempts to sign in: ok, failed for wrong credentials, refused for another reason",
                "kind",
                kind,
                "result",
                result);
    }

    /** Counts one reply; what is answered again under an idempotency key has been counted. */
    public void count(Reply reply) {
        if (reply.replayed()) {
            return;
        }
        if (reply instanceof Reply.Refused refused) {
            (refused.code() == ErrorCode.INVALID_CREDENTIALS ? failed : this.refused).run();
        } else {
            ok.run();
        }
    }
}
