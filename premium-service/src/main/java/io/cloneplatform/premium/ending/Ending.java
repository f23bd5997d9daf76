package io.cloneplatform.premium.ending;

import io.cloneplatform.common.kv.Instants;
import io.cloneplatform.premium.assignment.Assignment;
import io.cloneplatform.premium.assignment.AssignmentStore;
import io.cloneplatform.premium.assignment.AssignmentTransition;
import io.cloneplatform.premium.member.MemberState;
import io.cloneplatform.premium.member.MemberStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Ends open assignments, and their freezes with them. */
public final class Ending {
    private final AssignmentStore assignments;
    private final MemberStore members;

    public Ending(AssignmentStore assignments, MemberStore members) {
        this.assignments = assignments;
        this.members = members;
    }

    /** Ends the member's open assignment: the member as they are then, or empty when there is none. */
    public Future<Optional<MemberState>> end(SqlConnection tx, UUID member, AssignmentTransition transition) {
        return assignments.lockOpen(tx, member).compose(open -> end(tx, member, open, transition));
    }

    /** Ends the member's open assignment if its time has run out. */
    public Future<Optional<MemberState>> endOverdue(SqlConnection tx, UUID member) {
        String now = Instants.iso(Instant.now());
        return assignments
                .lockOpen(tx, member)
                .map(open -> open.filter(assignment -> assignment.view().overdue(now)))
                .compose(overdue -> end(tx, member, overdue, AssignmentTransition.EXPIRE));
    }

    private Future<Optional<MemberState>> end(
            SqlConnection tx, UUID member, Optional<Assignment> open, AssignmentTransition transition) {
        if (open.isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        Assignment ended = open.get().after(transition, Instants.iso(Instant.now()));
        return members.lock(tx, member)
                .compose(locked -> assignments.save(tx, ended))
                .compose(saved -> members.removeAssignment(tx, member))
                .map(Optional::of);
    }
}
