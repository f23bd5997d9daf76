package io.cloneplatform.cli.imports;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Hangs members below their parents; links to nobody and links that close a circle are cut. */
final class ReferralLines {
    private final Map<UUID, MemberNode> members;
    private final Findings findings;

    ReferralLines(Map<UUID, MemberNode> members, Findings findings) {
        this.members = members;
        this.findings = findings;
    }

    /**
     * Settles every link.
     *
     * @param links child to parent, as the dump has it
     * @param here parents who are not in the dump but members already
     */
    void settle(Map<UUID, UUID> links, Set<UUID> here) {
        for (MemberNode child : members.values()) {
            UUID parent = links.get(child.id());
            if (parent != null && (members.containsKey(parent) || here.contains(parent))) {
                child.parent(parent);
            } else if (parent != null) {
                findings.add(Oddity.PARENT_UNKNOWN, "user:" + child.id(), "the parent " + parent + " does not exist");
            }
        }
        members.values().forEach(this::place);
        for (MemberNode child : members.values()) {
            if (members.containsKey(child.parent())) {
                members.get(child.parent()).countChild();
            }
        }
    }

    /** Walks up until something is known, then counts back down. */
    private void place(MemberNode start) {
        List<MemberNode> path = new ArrayList<>();
        Set<MemberNode> seen = new HashSet<>();
        MemberNode at = start;
        while (at != null && at.depth() < 0) {
            if (!seen.add(at)) {
                cut(path.subList(path.indexOf(at), path.size()));
                place(start);
                return;
            }
            path.add(at);
            at = members.get(at.parent());
        }
        int depth = at == null ? 0 : at.depth() + 1;
        for (int i = path.size() - 1; i >= 0; i--) {
            path.get(i).depth(depth++);
        }
    }

    /** The oldest of a circle cannot have been invited by a younger one. */
    private void cut(List<MemberNode> circle) {
        MemberNode oldest = circle.get(0);
        for (MemberNode node : circle) {
            oldest = node.before(oldest) ? node : oldest;
        }
        String sentence = oldest.id().equals(oldest.parent())
                ? "invited themselves"
                : "the line of " + circle.size() + " runs back to where it starts; the parent " + oldest.parent()
                        + " was cut";
        findings.add(Oddity.PARENT_LOOP, "user:" + oldest.id(), sentence);
        oldest.parent(null);
    }
}
