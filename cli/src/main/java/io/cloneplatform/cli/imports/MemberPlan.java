package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;

/**
 * Everything that will be written for one member.
 *
 * @param parent who invited this one, or null
 * @param document the {@code user:} document, with its money fields at zero
 * @param documents the member's other documents that hang on nothing in the ledger
 * @param opening what the books open with
 * @param withdrawals pending ones, each with its hold, and those denied because nothing covers them
 * @param withdrawalPassword in clear, to be hashed; null when there is none
 */
record MemberPlan(
        UUID id,
        UUID parent,
        Identity identity,
        ObjectNode document,
        List<Document> documents,
        Opening opening,
        List<LegacyWithdrawal> withdrawals,
        String withdrawalPassword) {

    List<LegacyWithdrawal> holds() {
        return withdrawals.stream().filter(LegacyWithdrawal::isPending).toList();
    }

    long held() {
        return holds().stream().mapToLong(LegacyWithdrawal::amount).sum();
    }
}
