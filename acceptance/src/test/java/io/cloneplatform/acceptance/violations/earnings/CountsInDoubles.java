package io.cloneplatform.acceptance.violations.earnings;

import java.math.BigDecimal;

/** Breaks a rule, on purpose, in every way there is. */
record CountsInDoubles(float rate) {
    static double half(double amount) {
        return amount / 2;
    }

    static long round(BigDecimal amount) {
        return (long) (amount.doubleValue() * 100);
    }

    static long parse(String amount) {
        return (long) Double.parseDouble(amount);
    }
}
