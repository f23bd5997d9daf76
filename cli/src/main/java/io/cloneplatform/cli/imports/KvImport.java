package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Instants;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Imports a dump: reads it into the session, plans every member from all their records, writes members with their books a
 * batch at a time, then everything else. Each batch is one transaction; what is there already stays as it is, so that an
 * import that was stopped goes on where it was, and a second one changes nothing.
 */
final class KvImport {
    private static final int MEMBERS_AT_ONCE = 100;

    private final Sql sql;
    private final Options options;
    private final Findings findings;
    private final PrintWriter progress;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final Tally tally = new Tally();
    private final Target target;

    /**
     * How to import.
     *
     * @param dryRun tells everything and writes nothing
     * @param rule whether balances still contain pending withdrawals; null to tell from the dump
     */
    record Options(boolean dryRun, PendingRule rule) {}

    /**
     * What came of it.
     *
     * @param dump what was read
     * @param rule what was assumed about pending withdrawals
     * @param problems what does not add up in the books afterwards
     */
    record Result(DumpLoader dump, PendingRule rule, Tally tally, long changed, List<String> problems) {}

    KvImport(Sql sql, Options options, Findings findings, PrintWriter progress) {
        this.sql = sql;
        this.options = options;
        this.findings = findings;
        this.progress = progress;
        this.target = new Target(sql, options.dryRun());
    }

    Result run(DumpFile file) throws IOException {
        say("Reading the dump");
        DumpLoader loader = new DumpLoader(sql, findings);
        loader.load(file);
        Dump dump = new Dump(sql);
        say("Finding members and their lines in " + loader.lines() + " records");
        MemberIndex index = new MemberIndex(sql, findings);
        index.read(dump);
        PendingRule rule = options.rule() == null ? PendingRule.decide(dump, index, now) : options.rule();
        members(dump, index, rule);
        say("Carrying over everything else");
        documents(dump, index);
        List<String> problems = new ArrayList<>(options.dryRun() ? List.of() : BooksCheck.problems(sql));
        tally.problem(loader).ifPresent(problems::add);
        record(loader);
        return new Result(loader, rule, tally, target.changed(), problems);
    }

    // An import that found everything there already has done nothing.
    private void record(DumpLoader loader) {
        if (!options.dryRun() && target.changed() > 0) {
            UUID id = Ids.next();
            ObjectNode entry = Json.object()
                    .put("id", id.toString())
                    .put("actorId", "clonectl")
                    .put("actorName", "clonectl")
                    .put("event", "data-imported")
                    .put("at", Instants.iso(now));
            entry.set("details", Json.object().put("lines", loader.lines()).put("changed", target.changed()));
            new DocumentStore(sql).insert(List.of(new Document("audit:" + id, entry, now)));
            sql.commit();
        }
    }

    private void members(Dump dump, MemberIndex index, PendingRule rule) {
        List<MemberNode> order = index.inOrder();
        say("Carrying over " + order.size() + " members");
        MemberMoney money = new MemberMoney(rule, findings, now);
        MemberPlanner planner = new MemberPlanner(index, findings, money, new Tiers(sql), now);
        MemberStore store = new MemberStore(sql);
        try (PasswordHashes hashes = new PasswordHashes()) {
            dump.eachBatch(order, MEMBERS_AT_ONCE, node -> node.id().toString(), nodes -> {
                List<MemberRecords> batch = MemberRecords.of(dump, index, nodes, now);
                TakenNames taken = IdentityPlanner.lookUp(sql, batch);
                List<MemberPlan> plans = batch.stream()
                        .map(records -> planner.plan(records, taken))
                        .toList();
                plans.forEach(tally::addMember);
                if (!options.dryRun()) {
                    write(store, hashes, plans);
                }
            });
        }
    }

    private void write(MemberStore store, PasswordHashes hashes, List<MemberPlan> plans) {
        List<MemberPlan> missing = store.missing(plans);
        if (!missing.isEmpty()) {
            // The hashes take longest: no lock is held meanwhile.
            sql.commit();
            Map<UUID, String> hashed = hashes.of(missing);
            target.countChanged(store.insert(missing, hashed));
            sql.commit();
        }
    }

    private void documents(Dump dump, MemberIndex index) {
        RecordImport records = new RecordImport(dump, target, tally, findings, now);
        MemberLeftovers leftovers = new MemberLeftovers(index);
        records.run(Kind.USER, leftovers::users);
        records.run(Kind.PROFITS, leftovers::earnings);
        records.run(Kind.BONUSES, leftovers::bonuses);
        records.run(Kind.CODE, leftovers::codes);
        records.run(Kind.REFERRAL, leftovers::links);

        records.run(Kind.WITHDRAWAL, new ClosedWithdrawals(sql, index, now)::convert);
        records.run(Kind.PRODUCT, new Submissions(sql, index, now)::convert);
        records.run(Kind.TICKET, new Tickets(sql, index, now)::convert);
        new Conversations(dump, index, target, tally, findings, now).run();
        new Questions(dump, target, tally, findings, now).run();

        Queues queues = new Queues(dump, findings);
        records.run(Kind.WITHDRAWAL_QUEUE, queues::withdrawals);
        records.run(Kind.TICKET_QUEUE, queues::tickets);
        records.run(Kind.MESSAGE_QUEUE, queues::messages);
        records.run(Kind.DUPLICATE, batch -> batch.stream()
                .map(row -> RecordImport.Outcome.kept(Oddity.UNKNOWN_KEY, "an earlier value of its key"))
                .toList());
        records.run(Kind.OTHER, batch -> batch.stream()
                .map(row -> RecordImport.Outcome.kept(Oddity.UNKNOWN_KEY, "kept as it was"))
                .toList());
    }

    private void say(String sentence) {
        progress.println(sentence + " ...");
        progress.flush();
    }
}
