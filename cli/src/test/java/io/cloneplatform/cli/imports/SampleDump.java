package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes a dump of a thousand members as the predecessor left them, with every oddity an import has to live with. The same
 * seed makes the same dump. {@code main} writes it to a file, to try the command by hand.
 */
public final class SampleDump {
    /** How many members there are. */
    public static final int MEMBERS = 1_000;

    private final Random random = new Random(44);
    private final List<SampleMember> members = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    private SampleDump() {}

    /** Makes the dump. */
    public static SampleDump make() {
        SampleDump dump = new SampleDump();
        for (int number = 0; number < MEMBERS; number++) {
            boolean root = number < 10 || dump.random.nextInt(10) == 0;
            SampleMember parent = root ? null : dump.members.get(dump.random.nextInt(number));
            dump.members.add(new SampleMember(number, parent, dump.random));
        }
        dump.members.forEach(dump::write);
        dump.queues();
        new SampleOddities(dump.members, dump::line, dump.lines::add).write();
        return dump;
    }

    /** Writes the dump to the file named by the argument. */
    public static void main(String[] args) throws IOException {
        make().writeTo(Path.of(args[0]));
    }

    /** Writes it in an order that has nothing to do with who belongs to whom. */
    public void writeTo(Path file) throws IOException {
        Files.write(file, lines);
    }

    List<SampleMember> members() {
        return members;
    }

    private void line(String key, JsonNode value) {
        ObjectNode record = Json.object().put("key", key);
        record.set("value", value);
        lines.add(Json.text(record));
    }

    private void write(SampleMember member) {
        ObjectNode user = member.user();
        SampleOddities.apply(member.number(), user);
        line("user:" + member.id(), user);
        code(member);
        if (member.number() % 2 == 0) {
            profits(member);
        }
        if (member.parent() != null) {
            link(member);
        }
        if (member.hasBonus()) {
            ArrayNode claims = Json.MAPPER.createArrayNode();
            claims.addObject()
                    .put("id", "products_10")
                    .put("name", "Product Seller")
                    .put("amount", 25)
                    .put("claimedAt", member.joined().toString());
            line("bonuses:claimed:" + member.id(), claims);
        }
        products(member);
        withdrawals(member);
        line("metrics:" + member.id(), Json.object().put("alertCompressionRatio", 85));
    }

    private void code(SampleMember member) {
        if (member.number() % 3 == 0) {
            line("referralcode:" + member.code(), Json.MAPPER.getNodeFactory().textNode(member.id()));
        } else {
            line("invitecode:" + member.code(), Json.object().put("userId", member.id()));
        }
    }

    private void profits(SampleMember member) {
        ObjectNode profits = Json.object()
                .put("totalEarned", SampleMember.fraction(member.earned() - member.bonus()))
                .put("fromDirectChildren", SampleMember.fraction(member.fromChildren()))
                .put("fromIndirectReferrals", 0);
        profits.putObject("byLevel").put("level_1", SampleMember.fraction(member.fromChildren()));
        line("profits:" + member.id(), profits);
    }

    // Members without a record of earnings have their links, so that both ways of telling them are tried.
    private void link(SampleMember member) {
        ObjectNode link = Json.object().put("totalSharedProfit", SampleMember.fraction(member.brought()));
        if (member.number() % 4 != 0) {
            link.put("parentId", member.parent().id())
                    .put("childId", member.id())
                    .put("childName", "Member " + member.number())
                    .put("createdAt", member.joined().toString());
        }
        line("referral:" + member.parent().id() + ":" + member.id(), link);
    }

    private void products(SampleMember member) {
        for (int i = 0; i < member.number() % 3; i++) {
            long millis = member.joined().plusSeconds(i).toEpochMilli();
            ObjectNode product = Json.object()
                    .put("userId", member.id())
                    .put("productName", "Product " + i)
                    .put("productValue", SampleMember.fraction(member.own() * 5 / 4))
                    .put("userEarned", SampleMember.fraction(member.own()))
                    .put("submittedAt", java.time.Instant.ofEpochMilli(millis).toString());
            if (member.parent() != null) {
                product.putArray("commissionsCascade")
                        .addObject()
                        .put("level", 1)
                        .put("parentId", member.parent().id())
                        .put("amount", SampleMember.fraction(member.brought()));
            }
            line("product:" + member.id() + ":" + millis, product);
        }
    }

    private void withdrawals(SampleMember member) {
        if (member.approved() > 0) {
            ObjectNode approved = withdrawal(member, 1, member.approved(), "approved");
            line(
                    key(approved),
                    approved.put("approvedAt", member.joined().plusSeconds(90).toString()));
        }
        if (member.pending() > 0) {
            ObjectNode pending = withdrawal(member, 2, member.pending(), "pending");
            line(key(pending), pending);
        }
        if (member.number() % 25 == 9) {
            ObjectNode denied = withdrawal(member, 3, 777, "denied");
            line(key(denied), denied.put("denialReason", "No proof"));
        }
    }

    private static String key(ObjectNode withdrawal) {
        return "withdrawal:" + withdrawal.get("id").textValue();
    }

    private static ObjectNode withdrawal(SampleMember member, int which, long cents, String status) {
        return Json.object()
                .put("id", withdrawalId(member, which))
                .put("userId", member.id())
                .put("amount", BigDecimal.valueOf(cents, 2))
                .put("status", status)
                .put("requestedAt", member.joined().plusSeconds(60L * which).toString())
                .putNull("approvedAt")
                .putNull("deniedAt");
    }

    private static String withdrawalId(SampleMember member, int which) {
        return member.id() + "-" + member.joined().plusSeconds(60L * which).toEpochMilli();
    }

    private void queues() {
        ArrayNode pending = Json.MAPPER.createArrayNode();
        ArrayNode approved = Json.MAPPER.createArrayNode();
        for (SampleMember member : members) {
            if (member.pending() > 0) {
                pending.add(withdrawalId(member, 2));
            }
            if (member.approved() > 0) {
                approved.add(withdrawalId(member, 1));
            }
        }
        pending.add("gone-1700000000000").add(withdrawalId(members.get(5), 1));
        line("withdrawals:pending", pending);
        line("withdrawals:approved", approved);
    }
}
