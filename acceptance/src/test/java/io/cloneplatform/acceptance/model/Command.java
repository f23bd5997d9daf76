package io.cloneplatform.acceptance.model;

/** Something a member or an admin asks for. Members are numbered as in the tree; amounts are cents. */
sealed interface Command {
    /**
     * A member submits a product.
     *
     * @param number names it among all of a run
     */
    record Submit(int number, int member, long value) implements Command {}

    /** An admin takes back a submission that was credited before. */
    record Reverse(int number) implements Command {}

    /**
     * A member requests a withdrawal.
     *
     * @param number names it among all of a run
     */
    record Hold(int number, int member, long amount) implements Command {}

    /** An admin corrects a balance, up or down. */
    record Adjust(int member, long amount) implements Command {}

    /** Somebody ends a withdrawal that was requested before. */
    record Decide(Decision decision, int number) implements Command {}

    /** The three ways in which a withdrawal ends. */
    enum Decision {
        APPROVE("approved"),
        DENY("denied"),
        CANCEL("cancelled");

        final String status;

        Decision(String status) {
            this.status = status;
        }
    }

    /**
     * What came of it.
     *
     * @param verdict {@code OK}, or the code of a refusal
     * @param said what the answer tells: a balance in cents, a status, or nothing
     */
    record Outcome(String verdict, String said) {
        static final String OK = "OK";

        static Outcome balance(long cents) {
            return new Outcome(OK, Long.toString(cents));
        }

        static Outcome notCovered(long available) {
            return new Outcome("INSUFFICIENT_BALANCE", Long.toString(available));
        }
    }
}
