package io.cloneplatform.cli.imports;

import io.cloneplatform.common.json.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Who is in the dump, who claims which name first, and who stands below whom. */
final class MemberIndex {
    // Members without a time come after those with one.
    private static final Instant UNKNOWN_TIME = Instant.parse("2100-01-01T00:00:00Z");
    private static final String FIND_MEMBERS = "SELECT id FROM member WHERE id = ANY (?::uuid[])";

    private final Sql sql;
    private final Findings findings;
    private final Map<UUID, MemberNode> members = new LinkedHashMap<>();
    private final Map<String, MemberNode> emails = new HashMap<>();
    private final Map<String, MemberNode> usernames = new HashMap<>();
    private final Map<String, MemberNode> stems = new HashMap<>();
    private final Map<String, MemberNode> codes = new HashMap<>();
    private final Map<UUID, String> parents = new HashMap<>();
    private final Set<String> setAside = new HashSet<>();

    MemberIndex(Sql sql, Findings findings) {
        this.sql = sql;
        this.findings = findings;
    }

    /** Reads every member and every link of a dump. */
    void read(Dump dump) {
        dump.each(Kind.USER, batch -> batch.forEach(this::add));
        dump.each(Kind.CODE, batch -> batch.forEach(this::addCode));
        Map<UUID, UUID> links = resolve();
        dump.each(Kind.REFERRAL, batch -> batch.forEach(link -> addLink(link, links)));
        new ReferralLines(members, findings).settle(links, known(links.values()));
    }

    private void add(LegacyRecord user) {
        Fields fields = new Fields(user.value());
        UUID id = UUID.fromString(user.owner());
        MemberNode node =
                new MemberNode(id, fields.time("createdAt", "created_at").orElse(UNKNOWN_TIME));
        if (members.putIfAbsent(id, node) != null) {
            setAside.add(user.key());
            return;
        }
        if (Ids.parse(user.name()).isEmpty()) {
            findings.add(Oddity.ID_MAPPED, user.key(), "became " + id);
        }
        fields.text("email").ifPresent(email -> claim(emails, Texts.folded(email), node));
        fields.text("email").ifPresent(email -> claim(stems, Usernames.stem(email), node));
        fields.text("username").ifPresent(name -> claim(usernames, name.toLowerCase(Locale.ROOT), node));
        fields.text("invitationCode", "referralCode").ifPresent(code -> claim(codes, InvitationCodes.of(code), node));
        fields.text("parentUserId", "referredBy", "parentId").ifPresent(parent -> parents.put(id, parent));
    }

    private static void claim(Map<String, MemberNode> claims, String name, MemberNode node) {
        claims.merge(name, node, (one, other) -> other.before(one) ? other : one);
    }

    // A code's record says whose it is where no member claims it.
    private void addCode(LegacyRecord code) {
        if (code.owner() != null && members.containsKey(UUID.fromString(code.owner()))) {
            codes.putIfAbsent(code.place().subject(), members.get(UUID.fromString(code.owner())));
        }
    }

    private Map<UUID, UUID> resolve() {
        Map<UUID, UUID> links = new HashMap<>();
        parents.forEach((child, named) -> links.put(child, parent(named)));
        parents.clear();
        return links;
    }

    /** A parent is named by id, or by the code that invited. */
    private UUID parent(String named) {
        UUID id = LegacyIds.member(named);
        MemberNode byCode = codes.get(InvitationCodes.of(named));
        return members.containsKey(id) || byCode == null ? id : byCode.id();
    }

    /** A link counts where the member names no parent, or none who is in the dump, and closes no circle. */
    private void addLink(LegacyRecord link, Map<UUID, UUID> links) {
        UUID child = UUID.fromString(link.place().subject());
        UUID parent = UUID.fromString(link.owner());
        boolean open = !members.containsKey(links.get(child)) && !leads(parent, child, links);
        if (open && members.containsKey(child) && members.containsKey(parent)) {
            links.put(child, parent);
            findings.add(Oddity.PARENT_FOUND, link.key(), child + " has the parent " + parent);
        }
    }

    private static boolean leads(UUID from, UUID to, Map<UUID, UUID> links) {
        Set<UUID> seen = new HashSet<>();
        UUID at = from;
        while (at != null && !at.equals(to) && seen.add(at)) {
            at = links.get(at);
        }
        return to.equals(at);
    }

    /** Those of the ids who are members already, from an earlier import of another dump for example. */
    private Set<UUID> known(Iterable<UUID> ids) {
        List<UUID> strangers = new ArrayList<>();
        ids.forEach(id -> {
            if (!members.containsKey(id)) {
                strangers.add(id);
            }
        });
        Set<UUID> known = new HashSet<>();
        sql.query(FIND_MEMBERS, row -> known.add(row.getObject(1, UUID.class)), strangers);
        return known;
    }

    /** Every member, parents before children. */
    List<MemberNode> inOrder() {
        List<MemberNode> order = new ArrayList<>(members.values());
        order.sort((one, other) -> one.depth() != other.depth()
                ? Integer.compare(one.depth(), other.depth())
                : one.before(other) ? -1 : 1);
        return order;
    }

    boolean has(String id) {
        return id != null && members.containsKey(UUID.fromString(id));
    }

    MemberNode get(UUID id) {
        return members.get(id);
    }

    /** Whether a record is the second spelling of a member. */
    boolean isSetAside(LegacyRecord user) {
        return setAside.contains(user.key());
    }

    boolean ownsEmail(MemberNode node, String email) {
        return emails.get(Texts.folded(email)) == node;
    }

    boolean ownsUsername(MemberNode node, String username) {
        return usernames.get(username.toLowerCase(Locale.ROOT)) == node;
    }

    /** Whether a username made from an address is claimed by nobody else, neither as it is nor as made. */
    boolean ownsStem(MemberNode node, String stem) {
        return stems.get(stem) == node && !usernames.containsKey(stem);
    }

    boolean ownsCode(MemberNode node, String code) {
        return codes.get(code) == node;
    }
}
