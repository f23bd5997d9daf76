package io.cloneplatform.earnings.products;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Money;

/**
 * A submission as its member sees it. Documents of the predecessor may lack what it did not know.
 *
 * @param boostedCommission paid on top for a premium assignment, or left out
 * @param rejectionReason why an admin rejected it, or left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProductView(
        String id,
        String name,
        Money value,
        String status,
        Money userEarned,
        String createdAt,
        boolean premium,
        Money boostedCommission,
        String rejectionReason) {

    static ProductView of(JsonNode document) {
        return new ProductView(
                document.path("id").asText(),
                document.path("name").asText(),
                money(document, "value"),
                document.path("status").asText(),
                money(document, "userEarned"),
                document.path("createdAt").asText(),
                document.path("premium").asBoolean(),
                document.has("boostedCommission") ? money(document, "boostedCommission") : null,
                document.path("rejectionReason").asText(null));
    }

    private static Money money(JsonNode document, String field) {
        return Money.ofMajor(document.path(field).decimalValue());
    }
}
