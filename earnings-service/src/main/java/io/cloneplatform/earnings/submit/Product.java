package io.cloneplatform.earnings.submit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Instants;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The document of a submission, under {@code product:<userId>:<id>}.
 *
 * @param amount the value again, under the name that makes it a selectable column
 * @param status credited, pending_review, rejected or reversed
 * @param userEarned the member's own share; zero until credited
 * @param commissions the ancestors' shares; empty until credited
 * @param premium whether it completed a premium assignment
 * @param assignmentId that assignment, or left out
 * @param boostedCommission what was paid on top for it, or left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Product(
        String id,
        String userId,
        String userName,
        String userEmail,
        String name,
        Money value,
        Money amount,
        String status,
        Money userEarned,
        List<Commission> commissions,
        boolean premium,
        String assignmentId,
        Money boostedCommission,
        String createdAt) {
    /** Waiting for an admin. */
    public static final String PENDING = "pending_review";

    /** Paid along the line. */
    public static final String CREDITED = "credited";

    /** Closed by an admin without paying. */
    public static final String REJECTED = "rejected";

    /** Paid along the line, and taken back by an admin. */
    public static final String REVERSED = "reversed";

    public Product {
        commissions = List.copyOf(commissions);
    }

    /**
     * What a member submits, before anything is decided about it.
     *
     * @param assignmentId the premium assignment it completes, or null
     * @param boost paid on top for that, or null
     */
    record Draft(UUID id, Line line, String name, Money value, String assignmentId, Money boost, Instant at) {
        Product pending() {
            return product(PENDING, Money.ZERO, List.of());
        }

        Product credited(Credit credit) {
            return product(CREDITED, credit.own(), credit.cascade());
        }

        private Product product(String status, Money earned, List<Commission> commissions) {
            String user = line.id().toString();
            return new Product(
                    id.toString(),
                    user,
                    line.name(),
                    line.email(),
                    name,
                    value,
                    value,
                    status,
                    earned,
                    commissions,
                    assignmentId != null,
                    assignmentId,
                    boost,
                    Instants.iso(at));
        }
    }
}
