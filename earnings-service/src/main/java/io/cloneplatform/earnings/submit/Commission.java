package io.cloneplatform.earnings.submit;

import io.cloneplatform.common.json.Money;

/**
 * One ancestor's share of a submission.
 *
 * @param level 1 is the parent of the submitting member
 * @param userId the ancestor
 * @param parentId the same under its old name
 */
public record Commission(int level, String userId, String parentId, String userName, Money amount) {
    static Commission of(Line.Ancestor ancestor, long share) {
        String id = ancestor.id().toString();
        return new Commission(ancestor.level(), id, id, ancestor.name(), new Money(share));
    }
}
