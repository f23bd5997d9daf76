package io.cloneplatform.cli.imports;

import io.cloneplatform.common.kv.Keys;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Writes members with everything that belongs to them; the caller's transaction makes it all or nothing. */
final class MemberStore {
    /**
     * A hash as the platform's own, with nothing but zeros where the derived key would be: no password has it, and
     * comparing one takes as long as ever, so that signing in does not tell these members apart.
     */
    static final String NO_PASSWORD =
            "$argon2id$v=19$m=19456,t=2,p=1$aW1wb3J0ZWQgbWVtYmVycw$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static final String FIND_EXISTING = "SELECT id FROM member WHERE id = ANY (?::uuid[])";
    private static final String INSERT_MEMBER =
            "INSERT INTO member (id, email, username, name, parent_id, created_at) VALUES (?, ?, ?, ?, ?::uuid, ?)";
    private static final String INSERT_ACCOUNT = "INSERT INTO ledger_account (id, kind, name) VALUES (?, 'member', ?)";
    private static final String INSERT_CREDENTIAL =
            "INSERT INTO credential (subject_id, password_hash, withdrawal_password_hash) VALUES (?, ?, ?)";
    private static final String COUNT_CHILDREN =
            """
            UPDATE kv_store_44a642d3 SET updated_at = now(), value = value ||
              jsonb_build_object('childCount', (SELECT count(*) FROM member WHERE parent_id = ?))
            WHERE key = ?
            """;

    private static final int CODE_ATTEMPTS = 10;

    private final Sql sql;
    private final DocumentStore documents;
    private final Ledger ledger;
    private final Set<UUID> written = new HashSet<>();

    MemberStore(Sql sql) {
        this.sql = sql;
        this.documents = new DocumentStore(sql);
        this.ledger = new Ledger(sql);
    }

    /** Those who are not members yet. */
    List<MemberPlan> missing(List<MemberPlan> plans) {
        Set<UUID> existing = new HashSet<>();
        List<UUID> ids = plans.stream().map(MemberPlan::id).toList();
        sql.query(FIND_EXISTING, row -> existing.add(row.getObject(1, UUID.class)), ids);
        return plans.stream().filter(plan -> !existing.contains(plan.id())).toList();
    }

    /**
     * Writes members, parents before children; answers how many rows and transfers that were.
     *
     * @param hashes of withdrawal passwords, by member
     */
    int insert(List<MemberPlan> plans, Map<UUID, String> hashes) {
        int changed =
                sql.batch(INSERT_MEMBER, plans.stream().map(MemberStore::member).toList());
        sql.batch(INSERT_ACCOUNT, plans.stream().map(MemberStore::account).toList());
        sql.batch(
                INSERT_CREDENTIAL,
                plans.stream()
                        .map(plan -> new Object[] {plan.id(), NO_PASSWORD, hashes.get(plan.id())})
                        .toList());
        List<Document> own = new ArrayList<>();
        for (MemberPlan plan : plans) {
            giveCode(plan);
            own.add(new Document(
                    Keys.user(plan.id()), plan.document(), plan.identity().createdAt()));
            own.addAll(plan.documents());
        }
        changed += documents.insert(own);
        ledger.open(plans);
        for (MemberPlan plan : plans) {
            plan.holds().forEach(ledger::hold);
            changed += documents.insert(withdrawals(plan));
        }
        countChildrenOfOthers(plans);
        return changed;
    }

    private static Object[] member(MemberPlan plan) {
        Identity identity = plan.identity();
        return new Object[] {
            plan.id(),
            identity.email(),
            identity.username(),
            identity.name(),
            plan.parent() == null ? null : plan.parent().toString(),
            identity.createdAt().atOffset(ZoneOffset.UTC)
        };
    }

    private static Object[] account(MemberPlan plan) {
        return new Object[] {plan.id(), plan.id().toString()};
    }

    /** A new invitation code where the dump had none to keep. */
    private void giveCode(MemberPlan plan) {
        if (!plan.identity().codes().isEmpty()) {
            return;
        }
        for (int attempt = 0; attempt < CODE_ATTEMPTS; attempt++) {
            String code = InvitationCodes.next();
            if (documents.insert(List.of(MemberPlanner.code(plan.id(), code, plan.identity()))) == 1) {
                plan.document().put("invitationCode", code);
                return;
            }
        }
        throw new IllegalStateException("no free invitation code for " + plan.id());
    }

    private static List<Document> withdrawals(MemberPlan plan) {
        return plan.withdrawals().stream()
                .map(withdrawal -> new Document(
                        withdrawal.key(),
                        withdrawal.document(
                                plan.identity().email(), plan.identity().name()),
                        withdrawal.requestedAt()))
                .toList();
    }

    /** Parents this run wrote have all their children counted; parents from before have not. */
    private void countChildrenOfOthers(List<MemberPlan> plans) {
        plans.forEach(plan -> written.add(plan.id()));
        sql.batch(
                COUNT_CHILDREN,
                plans.stream()
                        .map(MemberPlan::parent)
                        .filter(parent -> parent != null && !written.contains(parent))
                        .distinct()
                        .map(parent -> new Object[] {parent, Keys.user(parent)})
                        .toList());
    }
}
