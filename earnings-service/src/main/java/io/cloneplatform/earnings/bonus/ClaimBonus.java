package io.cloneplatform.earnings.bonus;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.bus.ErrorCode;
import io.cloneplatform.common.bus.Reply;
import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.json.Ids;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.common.json.Money;
import io.cloneplatform.common.kv.Instants;
import io.cloneplatform.earnings.ledger.Account;
import io.cloneplatform.earnings.ledger.Ledger;
import io.cloneplatform.earnings.ledger.Transfer;
import io.cloneplatform.earnings.member.Callers;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A member claims a bonus. The member's account is locked first, so that eligibility is decided on rows that stay as they
 * are, and any number of claims at once pays once.
 */
public final class ClaimBonus {
    private final BonusStore store;
    private final Ledger ledger;
    private final String currency;

    /**
     * The use case.
     *
     * @param currency ISO 4217 code, for the sentence of the answer
     */
    public ClaimBonus(BonusStore store, Ledger ledger, String currency) {
        this.store = store;
        this.ledger = ledger;
        this.currency = currency;
    }

    private record Wanted(String bonusId) {}

    private record Answer(String message, Money newBalance, Money totalEarned) {}

    /** Claims the bonus that the path, or else the body, names. */
    public Future<Reply> claim(SqlConnection tx, Request request) {
        String id = request.param("id") == null ? request.body(Wanted.class).bonusId() : request.param("id");
        if (id == null) {
            return Future.succeededFuture(Reply.invalid("bonusId", "is required"));
        }
        Optional<Bonus> bonus = Bonus.of(id);
        return bonus.isEmpty()
                ? Future.succeededFuture(Reply.notFound("Bonus"))
                : claim(tx, Callers.member(request), bonus.orElseThrow());
    }

    private Future<Reply> claim(SqlConnection tx, UUID member, Bonus bonus) {
        return ledger.lockMember(tx, member)
                .compose(account -> account.isEmpty()
                        ? gone()
                        : store.facts(tx, member)
                                .compose(facts -> facts.isEmpty()
                                        ? gone()
                                        : pay(tx, member, bonus, facts.orElseThrow(), account.orElseThrow())));
    }

    private static Future<Reply> gone() {
        return Future.succeededFuture(Reply.refuse(ErrorCode.UNAUTHENTICATED, "This account no longer exists"));
    }

    // Recording comes first: it tells a second claim from one that is not eligible, and a refusal undoes it.
    private Future<Reply> pay(SqlConnection tx, UUID member, Bonus bonus, BonusFacts facts, Account account) {
        Money after = new Money(account.balance()).plus(bonus.amount());
        return store.insert(tx, member, bonus.id(), document(member, bonus, after))
                .compose(first -> {
                    if (!first) {
                        return refuse(ErrorCode.BONUS_ALREADY_CLAIMED, "Bonus already claimed");
                    }
                    return bonus.rule().met().test(facts)
                            ? post(tx, member, bonus)
                            : refuse(ErrorCode.BONUS_NOT_ELIGIBLE, "Bonus not eligible yet");
                });
    }

    private static Future<Reply> refuse(ErrorCode code, String sentence) {
        return Future.succeededFuture(Reply.refuse(code, sentence));
    }

    private static JsonNode document(UUID member, Bonus bonus, Money newBalance) {
        return Json.object()
                .put("id", bonus.id())
                .put("userId", member.toString())
                .put("bonusId", bonus.id())
                .put("name", bonus.name())
                .put("category", bonus.category())
                .put("amount", bonus.amount().major())
                .put("newBalance", newBalance.major())
                .put("status", "claimed")
                .put("claimedAt", Instants.iso(Instant.now()));
    }

    private Future<Reply> post(SqlConnection tx, UUID member, Bonus bonus) {
        Transfer transfer = Transfer.earning(
                Ids.next(),
                "bonus",
                member + ":" + bonus.id(),
                member,
                bonus.amount().minor());
        return ledger.post(tx, transfer).map(after -> Reply.ok(answer(bonus, after.get(member))));
    }

    private Answer answer(Bonus bonus, Account account) {
        String sign = currency.equals("USD") ? "$" : currency + " ";
        return new Answer(
                "Bonus claimed: " + sign + bonus.amount().text() + ".",
                new Money(account.balance()),
                new Money(account.earned()));
    }
}
