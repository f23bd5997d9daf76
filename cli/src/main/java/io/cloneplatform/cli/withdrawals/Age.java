package io.cloneplatform.cli.withdrawals;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of hours or days, as in {@code 24h} or {@code 2d}. */
record Age(int hours) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,5})(h|d)");
    private static final int MAX_HOURS = 87_600;
    private static final int HOURS_A_DAY = (int) Duration.ofDays(1).toHours();

    static final class Reader implements ITypeConverter<Age> {
        @Override
        public Age convert(String text) {
            Matcher matcher = FORM.matcher(text);
            int hours = matcher.matches()
                    ? Integer.parseInt(matcher.group(1)) * (matcher.group(2).equals("d") ? HOURS_A_DAY : 1)
                    : MAX_HOURS + 1;
            if (hours > MAX_HOURS) {
                throw new TypeConversionException("expected hours or days up to ten years, as in 24h or 2d");
            }
            return new Age(hours);
        }
    }
}
