package io.cloneplatform.acceptance.model;

import io.cloneplatform.acceptance.model.Command.Adjust;
import io.cloneplatform.acceptance.model.Command.Decide;
import io.cloneplatform.acceptance.model.Command.Decision;
import io.cloneplatform.acceptance.model.Command.Hold;
import io.cloneplatform.acceptance.model.Command.Outcome;
import io.cloneplatform.acceptance.model.Command.Reverse;
import io.cloneplatform.acceptance.model.Command.Submit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The rules of money as a page of arithmetic in memory: what every answer must say, and what everybody must have. */
final class MoneyModel {
    private static final int[] PERCENT = {80, 10, 5, 5};

    private final List<Integer> parents;
    private final List<Purse> purses;
    private final Map<Integer, Withdrawal> withdrawals;
    private final Map<Integer, Submit> submissions;
    private long platform;

    /** What a member has, in cents. */
    record Purse(long available, long held, long earned, int products) {
        private Purse move(long cents) {
            return new Purse(available + cents, held, earned, products);
        }

        private Purse hold(long cents) {
            return new Purse(available - cents, held + cents, earned, products);
        }

        private Purse pay(long cents) {
            return new Purse(available, held - cents, earned, products);
        }

        private Purse earn(long cents, int more) {
            return new Purse(available + cents, held, earned + cents, products + more);
        }
    }

    private record Withdrawal(int member, long amount, String status) {}

    /**
     * Members who have nothing yet.
     *
     * @param parents the number of each member's parent, or -1
     */
    MoneyModel(List<Integer> parents) {
        this(
                List.copyOf(parents),
                new ArrayList<>(
                        parents.stream().map(parent -> new Purse(0, 0, 0, 0)).toList()),
                new HashMap<>(),
                new HashMap<>(),
                0);
    }

    private MoneyModel(
            List<Integer> parents,
            List<Purse> purses,
            Map<Integer, Withdrawal> withdrawals,
            Map<Integer, Submit> submissions,
            long platform) {
        this.parents = parents;
        this.purses = purses;
        this.withdrawals = withdrawals;
        this.submissions = submissions;
        this.platform = platform;
    }

    MoneyModel copy() {
        return new MoneyModel(
                parents, new ArrayList<>(purses), new HashMap<>(withdrawals), new HashMap<>(submissions), platform);
    }

    List<Purse> purses() {
        return List.copyOf(purses);
    }

    /** What was left to the platform because an ancestor is not there. */
    long platform() {
        return platform;
    }

    /** Does what is asked for, or says why not. */
    Outcome apply(Command command) {
        if (command instanceof Submit submit) {
            submissions.put(submit.number(), submit);
            share(submit, 1);
            return Outcome.balance(purses.get(submit.member()).available());
        }
        if (command instanceof Reverse reverse) {
            return reverse(reverse.number());
        }
        if (command instanceof Hold hold) {
            return hold(hold);
        }
        if (command instanceof Adjust adjust) {
            return adjust(adjust.member(), adjust.amount());
        }
        Decide decide = (Decide) command;
        return decide(decide.decision(), decide.number());
    }

    /** Gives the shares along the line, or with -1 takes them back. */
    private void share(Submit submit, int sign) {
        long[] shares = shares(submit.value());
        int receiver = submit.member();
        for (int level = 0; level < shares.length; level++) {
            if (receiver < 0) {
                platform += sign * shares[level];
            } else {
                purses.set(receiver, purses.get(receiver).earn(sign * shares[level], level == 0 ? sign : 0));
                receiver = parents.get(receiver);
            }
        }
    }

    private Outcome reverse(int number) {
        Submit submit = submissions.get(number);
        if (submit == null) {
            return new Outcome("WRONG_STATE", "");
        }
        share(submit, -1);
        if (purses.stream().anyMatch(purse -> purse.available() < 0)) {
            share(submit, 1);
            return new Outcome("INSUFFICIENT_BALANCE", "");
        }
        submissions.remove(number);
        return new Outcome(Outcome.OK, "");
    }

    /** Each share is rounded down; the cents left over go to the largest fractions, to the nearer among equals. */
    static long[] shares(long value) {
        long[] shares = IntStream.of(PERCENT)
                .mapToLong(percent -> value * percent / 100)
                .toArray();
        int left = (int) (value
                - IntStream.range(0, shares.length).mapToLong(i -> shares[i]).sum());
        IntStream.range(0, shares.length)
                .boxed()
                .sorted(Comparator.comparing((Integer level) -> -(value * PERCENT[level] % 100)))
                .limit(left)
                .forEach(level -> shares[level]++);
        return shares;
    }

    private Outcome hold(Hold hold) {
        Purse purse = purses.get(hold.member());
        if (purse.available() < hold.amount()) {
            return Outcome.notCovered(purse.available());
        }
        purses.set(hold.member(), purse.hold(hold.amount()));
        withdrawals.put(hold.number(), new Withdrawal(hold.member(), hold.amount(), "pending"));
        return Outcome.balance(purse.available() - hold.amount());
    }

    private Outcome adjust(int member, long amount) {
        Purse purse = purses.get(member);
        if (purse.available() + amount < 0) {
            return Outcome.notCovered(purse.available());
        }
        purses.set(member, purse.move(amount));
        return Outcome.balance(purses.get(member).available());
    }

    private Outcome decide(Decision decision, int number) {
        Withdrawal withdrawal = withdrawals.get(number);
        if (!withdrawal.status.equals("pending")) {
            return new Outcome("WRONG_STATE", withdrawal.status);
        }
        int member = withdrawal.member;
        Purse purse = purses.get(member);
        boolean paid = decision == Decision.APPROVE;
        purses.set(member, paid ? purse.pay(withdrawal.amount) : purse.hold(-withdrawal.amount));
        withdrawals.put(number, new Withdrawal(member, withdrawal.amount, decision.status));
        return decision == Decision.CANCEL
                ? Outcome.balance(purses.get(member).available())
                : new Outcome(Outcome.OK, decision.status);
    }
}
