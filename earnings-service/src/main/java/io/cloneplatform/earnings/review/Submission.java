package io.cloneplatform.earnings.review;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Money;

/**
 * A submission as admins see it.
 *
 * @param rejectionReason why it was rejected, or left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Submission(
        String id,
        String userId,
        String userEmail,
        String userName,
        String name,
        Money value,
        String status,
        String createdAt,
        String rejectionReason) {

    static Submission of(JsonNode document) {
        return new Submission(
                document.path("id").asText(),
                document.path("userId").asText(),
                document.path("userEmail").asText(),
                document.path("userName").asText(),
                document.path("name").asText(),
                Money.ofMajor(document.path("value").decimalValue()),
                document.path("status").asText(),
                document.path("createdAt").asText(),
                document.path("rejectionReason").asText(null));
    }
}
