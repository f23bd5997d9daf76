package io.cloneplatform.earnings.statement;

/**
 * An entry in words.
 *
 * @param counterpart who or what stands on the other side
 * @param description what it is, in short; null when there is nothing to add
 */
record Wording(String counterpart, String description) {
    /**
     * The words for an entry.
     *
     * @param submitter the name of the member whose submission pays a commission; null elsewhere
     * @param product the name of the own product; null elsewhere
     * @param outcome what became of a withdrawal whose hold was released; null elsewhere
     */
    static Wording of(
            String kind,
            String phase,
            String role,
            String reference,
            String submitter,
            String product,
            String outcome) {
        return switch (kind) {
            case "submission" ->
                role.equals("own") ? new Wording("Own submission", product) : commission(role, submitter);
            case "bonus" -> new Wording(bonusId(reference), "Bonus");
            case "boost" -> new Wording("Premium assignment", "Premium boost");
            case "withdrawal" -> new Wording("Withdrawal", ending(phase, outcome));
            case "adjustment" -> new Wording("Adjustment by the platform", null);
            case "opening" -> new Wording("Opening balance", "Brought over");
            default -> new Wording("Platform", null);
        };
    }

    /** The words for an entry that takes this one back. */
    Wording takenBack() {
        return new Wording(counterpart, description == null ? "Reversal" : "Reversal: " + description);
    }

    private static Wording commission(String role, String submitter) {
        String level = role.substring(role.indexOf('_') + 1);
        return new Wording(submitter == null ? "Unknown member" : submitter, "Level " + level + " commission");
    }

    // The reference of a bonus is <member>:<bonus>.
    private static String bonusId(String reference) {
        return reference.substring(reference.indexOf(':') + 1);
    }

    private static String ending(String phase, String outcome) {
        return switch (phase) {
            case "pending" -> "Held";
            case "post" -> "Paid out";
            case "void" -> "cancelled".equals(outcome) ? "Cancelled" : "denied".equals(outcome) ? "Denied" : "Released";
            default -> null;
        };
    }
}
