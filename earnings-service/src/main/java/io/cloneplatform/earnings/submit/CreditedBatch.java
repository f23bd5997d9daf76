package io.cloneplatform.earnings.submit;

import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.kv.Keys;
import io.cloneplatform.earnings.ledger.Transfer.Entry;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Submissions with everything that is to be written if they are credited, as the parameters of one statement.
 *
 * @param items at least one; every idempotency key at most once
 */
record CreditedBatch(List<Item> items) {
    CreditedBatch {
        items = List.copyOf(items);
    }

    /**
     * One submission of the batch.
     *
     * @param creditable whether it may be credited without an admin, if the member's day has room
     */
    record Item(PendingSubmission submission, Line line, Credit credit, boolean creditable) {
        private String document() {
            return Json.text(submission.draft(line).credited(credit));
        }

        private String referral() {
            return line.parentId() == null ? null : Keys.referral(line.parentId(), line.id());
        }

        private String credited() {
            return SubmitProduct.answerBefore(submission.draft(line).credited(credit));
        }

        private String waiting() {
            return SubmitProduct.answerBefore(submission.draft(line).pending());
        }

        private Buffer keyHash() {
            return submission.key() == null
                    ? null
                    : Buffer.buffer(submission.key().hash());
        }

        private Buffer fingerprint() {
            return submission.key() == null
                    ? null
                    : Buffer.buffer(submission.key().fingerprint());
        }
    }

    /** The parameters of {@code submissions_post}. */
    Tuple parameters(long dailyCap, boolean again) {
        Tuple tuple = Tuple.of(dailyCap, again)
                .addValue(each(item -> item.submission().id(), UUID[]::new))
                .addValue(each(item -> item.submission().member(), UUID[]::new))
                .addValue(each(item -> item.submission().value().minor(), Long[]::new))
                .addValue(each(Item::creditable, Boolean[]::new))
                .addValue(each(Item::document, String[]::new))
                .addValue(each(Item::referral, String[]::new))
                .addValue(each(item -> item.credit().parentShare().minor(), Long[]::new))
                .addValue(each(Item::credited, String[]::new))
                .addValue(each(Item::waiting, String[]::new))
                .addValue(each(Item::keyHash, Buffer[]::new))
                .addValue(each(Item::fingerprint, Buffer[]::new));
        return withEntries(tuple);
    }

    private <T> T[] each(Function<Item, T> part, IntFunction<T[]> array) {
        return items.stream().map(part).toArray(array);
    }

    private Tuple withEntries(Tuple tuple) {
        List<Integer> owners = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            for (Entry entry : items.get(i).credit().transfer().entries()) {
                owners.add(i + 1);
                entries.add(entry);
            }
        }
        return tuple.addValue(owners.toArray(Integer[]::new))
                .addValue(entries.stream().map(Entry::account).toArray(UUID[]::new))
                .addValue(entries.stream().map(Entry::role).toArray(String[]::new))
                .addValue(entries.stream().map(Entry::amount).toArray(Long[]::new))
                .addValue(entries.stream().map(Entry::earned).toArray(Long[]::new));
    }
}
