package io.cloneplatform.premium.overview;

import io.cloneplatform.premium.Position;
import io.cloneplatform.premium.assignment.AssignmentView;
import io.cloneplatform.premium.member.MemberState;

/** An open assignment in a list, with its member as they are now. */
record ListedAssignment(Position position, AssignmentView assignment, MemberState member) {}
