package io.cloneplatform.cli.imports;

import java.time.Instant;
import java.util.UUID;

/** A member of the dump as the index holds it: as little as possible, because all of them are in memory at once. */
final class MemberNode {
    private final UUID id;
    private final long createdAt;
    private UUID parent;
    private int depth = -1;
    private int children;

    MemberNode(UUID id, Instant createdAt) {
        this.id = id;
        this.createdAt = createdAt.toEpochMilli();
    }

    UUID id() {
        return id;
    }

    /** The member who invited this one, or null. */
    UUID parent() {
        return parent;
    }

    void parent(UUID known) {
        this.parent = known;
    }

    /** How many links away the start of the line is; -1 until it is known. */
    int depth() {
        return depth;
    }

    void depth(int links) {
        this.depth = links;
    }

    int children() {
        return children;
    }

    void countChild() {
        children++;
    }

    /** Whether this one was here first and keeps what both claim. */
    boolean before(MemberNode other) {
        return createdAt != other.createdAt ? createdAt < other.createdAt : id.compareTo(other.id) < 0;
    }
}
