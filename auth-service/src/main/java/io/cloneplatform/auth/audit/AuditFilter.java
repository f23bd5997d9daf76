package io.cloneplatform.auth.audit;

import io.cloneplatform.common.bus.Request;
import io.cloneplatform.common.kv.Period;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which audit records a list is about.
 *
 * @param wanted what must be in the records; a field that is not there may be anything
 */
record AuditFilter(Map<Field, String> wanted, Period period) {
    /** The fields that can be asked for, the most telling first: the first that is given says which index is read. */
    enum Field {
        REQUEST("requestId", "request_id"),
        SUBJECT("userId", "subject_id"),
        IP("ip", "ip"),
        ACTOR("actor", "actor_id"),
        ACTION("action", "action");

        final String parameter;
        final String column;

        Field(String parameter, String column) {
            this.parameter = parameter;
            this.column = column;
        }
    }

    private static final String FIRST = "audit:";
    private static final String END = "audit;";

    static AuditFilter of(Request request) {
        Map<Field, String> wanted = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            String value = request.param(field.parameter);
            if (value != null) {
                wanted.put(field, value);
            }
        }
        return new AuditFilter(wanted, Period.of(request));
    }

    /** The field whose index is read; empty when records are read by time alone. */
    Optional<Field> leading() {
        return Arrays.stream(Field.values()).filter(wanted::containsKey).findFirst();
    }

    /** The key from which on records are wanted. */
    String lowest() {
        return period.from() == null ? FIRST : key(period.from());
    }

    /** The key before which records are wanted, on a page after another key or null. */
    String end(String after) {
        String end = period.to() == null ? END : key(period.to());
        return after != null && after.compareTo(end) < 0 ? after : end;
    }

    // Ids begin with their time, 48 bits of milliseconds: the first 12 hexadecimal digits.
    private static String key(OffsetDateTime at) {
        String digits = "%012x".formatted(Math.max(0, at.toInstant().toEpochMilli()));
        return FIRST + digits.substring(0, 8) + "-" + digits.substring(8);
    }
}
