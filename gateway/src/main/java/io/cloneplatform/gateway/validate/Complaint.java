package io.cloneplatform.gateway.validate;

import com.networknt.schema.ValidationMessage;
import io.cloneplatform.common.bus.FieldError;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Says in our words what a schema found wrong. */
final class Complaint {
    private Complaint() {}

    /** The complaint about one field; the name serves where the value itself is the whole instance. */
    static FieldError of(ValidationMessage message, String name) {
        String location =
                message.getInstanceLocation().toString().replaceFirst("^/", "").replace('/', '.');
        String path = location.isEmpty() ? name : location;
        if (message.getType().equals("required")) {
            String missing = message.getProperty();
            return new FieldError(path.isEmpty() ? missing : path + "." + missing, "is required");
        }
        return new FieldError(path.isEmpty() ? "body" : path, sentence(message));
    }

    private static String sentence(ValidationMessage message) {
        return switch (message.getType()) {
            case "type" -> "must be " + argument(message, 1).replaceFirst("^\\[(.*)]$", "$1");
            case "enum" -> "must be one of " + listed(message);
            case "const" -> "must be " + argument(message, 0);
            case "pattern" -> "has a form that is not allowed";
            case "minLength" -> "must have at least " + argument(message, 0) + " characters";
            case "maxLength" -> "must have at most " + argument(message, 0) + " characters";
            case "minimum" -> "must be at least " + argument(message, 0);
            case "maximum" -> "must be at most " + argument(message, 0);
            case "exclusiveMinimum" -> "must be more than " + argument(message, 0);
            case "exclusiveMaximum" -> "must be less than " + argument(message, 0);
            case "multipleOf" -> "must have at most two decimals";
            case "minItems" -> "must have at least " + argument(message, 0) + " items";
            case "maxItems" -> "must have at most " + argument(message, 0) + " items";
            case "uniqueItems" -> "must not name anything twice";
            default -> "is not valid";
        };
    }

    private static String listed(ValidationMessage message) {
        return argument(message, 0).replaceAll("[\\[\\]\"]", "");
    }

    private static String argument(ValidationMessage message, int index) {
        Object[] arguments = message.getArguments();
        return arguments != null && index < arguments.length
                ? String.valueOf(arguments[index])
                : Arrays.stream(arguments == null ? new Object[0] : arguments)
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "));
    }
}
