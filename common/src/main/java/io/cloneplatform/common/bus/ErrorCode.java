package io.cloneplatform.common.bus;

/** Why a request was refused: a stable token for clients, with the HTTP status it travels under. */
public enum ErrorCode {
    VALIDATION_FAILED(400, "Bad request"),
    BODY_MALFORMED(400, "Bad request"),
    UNKNOWN_INVITATION_CODE(400, "Unknown invitation code"),
    PASSWORD_TOO_COMMON(400, "Password too common"),
    INSUFFICIENT_BALANCE(400, "Insufficient balance"),
    WITHDRAWAL_PASSWORD_NOT_SET(400, "Withdrawal password not set"),
    WRONG_STATE(400, "Wrong state"),
    BONUS_NOT_ELIGIBLE(400, "Bonus not eligible"),
    BONUS_ALREADY_CLAIMED(400, "Bonus already claimed"),
    NO_ACTIVE_ASSIGNMENT(400, "No active assignment"),
    FUNDING_REQUIRED(400, "Not covered by funds"),
    UNAUTHENTICATED(401, "Not authenticated"),
    INVALID_CREDENTIALS(401, "Invalid credentials"),
    WRONG_WITHDRAWAL_PASSWORD(401, "Wrong withdrawal password"),
    SECOND_FACTOR_REQUIRED(401, "Second factor required"),
    WRONG_SECOND_FACTOR(401, "Wrong second factor"),
    FORBIDDEN(403, "Forbidden"),
    ACCOUNT_FROZEN(403, "Withdrawals paused"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    EMAIL_TAKEN(409, "E-mail already registered"),
    USERNAME_TAKEN(409, "Username already taken"),
    MONEY_HELD_OR_OWED(409, "Money held or owed"),
    DUPLICATE_REFERENCE(409, "Reference already recorded"),
    IDEMPOTENCY_KEY_IN_PROGRESS(409, "Request in progress"),
    BODY_TOO_LARGE(413, "Body too large"),
    URI_TOO_LONG(414, "URI too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    IDEMPOTENCY_KEY_REUSED(422, "Idempotency key reused"),
    SIGN_IN_LOCKED(429, "Signing in locked"),
    SECOND_FACTOR_LOCKED(429, "Second factor locked"),
    RATE_LIMITED(429, "Too many requests"),
    HEADERS_TOO_LARGE(431, "Headers too large"),
    INTERNAL(500, "Internal error"),
    UNAVAILABLE(503, "Service unavailable"),
    OVERLOADED(503, "Overloaded"),
    LEDGER_BEING_VERIFIED(503, "Being verified"),
    TIMEOUT(504, "Timed out");

    private static final int LOCK_SECONDS = 900;

    private final int status;
    private final String title;

    ErrorCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status of this refusal. */
    public int status() {
        return status;
    }

    /** When it makes sense to try again, in seconds; for refusals that say so. */
    public int retryAfterSeconds() {
        return this == SIGN_IN_LOCKED || this == SECOND_FACTOR_LOCKED ? LOCK_SECONDS : 1;
    }

    /** The short, constant title of the problem (RFC 9457). */
    public String title() {
        return title;
    }
}
