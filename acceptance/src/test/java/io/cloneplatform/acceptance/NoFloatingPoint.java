package io.cloneplatform.acceptance;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** No field, parameter, result or called method of a class has anything to do with {@code double} or {@code float}. */
final class NoFloatingPoint extends ArchCondition<JavaClass> {
    private static final Set<String> FLOATING =
            Set.of("double", "float", "java.lang.Double", "java.lang.Float", "double[]", "float[]");

    NoFloatingPoint() {
        super("keep away from binary floating point");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        type.getFields().stream()
                .filter(field -> isFloating(field.getRawType()))
                .forEach(field -> events.add(SimpleConditionEvent.violated(type, field.getFullName() + " is a float")));
        type.getCodeUnits().stream()
                .filter(NoFloatingPoint::mentions)
                .forEach(unit -> events.add(SimpleConditionEvent.violated(type, unit.getFullName() + " has a float")));
        type.getCodeUnits().stream()
                .flatMap(unit -> unit.getCallsFromSelf().stream())
                .filter(call -> mentions(call.getTarget()))
                .forEach(call -> events.add(SimpleConditionEvent.violated(type, call.getDescription())));
    }

    private static boolean mentions(JavaCodeUnit unit) {
        return types(unit.getRawParameterTypes(), unit.getRawReturnType()).anyMatch(NoFloatingPoint::isFloating);
    }

    private static boolean mentions(CodeUnitCallTarget target) {
        return isFloating(target.getOwner())
                || types(target.getRawParameterTypes(), target.getRawReturnType())
                        .anyMatch(NoFloatingPoint::isFloating);
    }

    private static Stream<JavaClass> types(List<JavaClass> parameters, JavaClass result) {
        return Stream.concat(parameters.stream(), Stream.of(result));
    }

    private static boolean isFloating(JavaClass type) {
        return FLOATING.contains(type.getName()) || Set.of("[D", "[F").contains(type.getName());
    }
}
