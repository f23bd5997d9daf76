package io.cloneplatform.withdrawal;

/**
 * The life of a withdrawal as a table: every edge there is, by the event that takes it. A state without an edge from it is
 * final. The database holds the same table ({@code kv_guard_withdrawal}) and settles the hold on each edge.
 */
public enum WithdrawalTransition {
    APPROVE(WithdrawalStatus.PENDING, WithdrawalStatus.APPROVED),
    DENY(WithdrawalStatus.PENDING, WithdrawalStatus.DENIED),
    CANCEL(WithdrawalStatus.PENDING, WithdrawalStatus.CANCELLED);

    private final WithdrawalStatus from;
    private final WithdrawalStatus to;

    WithdrawalTransition(WithdrawalStatus from, WithdrawalStatus to) {
        this.from = from;
        this.to = to;
    }

    /** The one state in which it can happen. */
    public WithdrawalStatus from() {
        return from;
    }

    /** The state it leads to. */
    public WithdrawalStatus to() {
        return to;
    }
}
