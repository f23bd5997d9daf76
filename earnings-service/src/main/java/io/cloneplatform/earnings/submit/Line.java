package io.cloneplatform.earnings.submit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;

/**
 * A member and the ancestors who share in what the member submits.
 *
 * @param parentId the member who invited this one, or null; also when that one has left
 * @param ancestors those of the three levels above who are there, nearest first
 * @param assignment the open premium assignment of the member's document, or null
 */
public record Line(UUID id, String email, String name, UUID parentId, List<Ancestor> ancestors, JsonNode assignment) {
    public Line {
        ancestors = List.copyOf(ancestors);
    }

    /**
     * One of the upline.
     *
     * @param level 1 is the parent
     */
    public record Ancestor(int level, UUID id, String name) {}
}
