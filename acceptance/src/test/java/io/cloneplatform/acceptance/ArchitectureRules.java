package io.cloneplatform.acceptance;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The shape of the house as rules over compiled classes, for every package tree that has this shape. */
final class ArchitectureRules {
    static final List<String> SERVICES = List.of("auth", "earnings", "withdrawal", "support", "premium");
    static final List<String> MODULES = Stream.concat(
                    SERVICES.stream(), Stream.of("common", "gateway", "standalone", "cli"))
            .toList();
    /** Packages in which money is counted. */
    static final List<String> MONEY =
            List.of("common.json", "common.ledger", "earnings", "withdrawal", "premium", "auth", "cli.imports");

    private final String root;

    ArchitectureRules(String root) {
        this.root = root;
    }

    private String[] packages(List<String> modules) {
        return modules.stream().map(module -> root + "." + module + "..").toArray(String[]::new);
    }

    private String[] packages(String... modules) {
        return packages(List.of(modules));
    }

    /** Every rule by its name. */
    Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        for (String service : SERVICES) {
            rules.put(service + " imports common alone", importsCommonAlone(service));
        }
        rules.put("the gateway imports common alone", importsCommonAlone("gateway"));
        rules.put("common imports no other module", importsNothing());
        rules.put(
                "standalone does not import the cli",
                noClasses()
                        .that()
                        .resideInAnyPackage(packages("standalone"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(packages("cli")));
        rules.put("await stands in mains, launch, db, standalone and cli", awaitsWhereAllowed());
        rules.put("no verticle runs on virtual threads", noVirtualThreads());
        rules.put(
                "no binary floating point near money",
                classes().that().resideInAnyPackage(packages(MONEY)).should(new NoFloatingPoint()));
        rules.put(
                "the environment is read at the edge",
                noClasses()
                        .that(isNot(named("ServiceMain").or(resideInAnyPackage(packages("standalone", "cli")))))
                        .should()
                        .callMethodWhere(target(name("getenv"))));
        rules.put(
                "a class is named for what it is",
                noClasses()
                        .should()
                        .haveSimpleNameEndingWith("Utils")
                        .orShould()
                        .haveSimpleNameEndingWith("Util")
                        .orShould()
                        .haveSimpleNameEndingWith("Helper")
                        .orShould()
                        .haveSimpleNameEndingWith("Manager"));
        return rules;
    }

    private ArchRule importsCommonAlone(String module) {
        List<String> others = MODULES.stream()
                .filter(other -> !other.equals(module) && !other.equals("common"))
                .toList();
        return noClasses()
                .that()
                .resideInAnyPackage(packages(module))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages(others));
    }

    private ArchRule importsNothing() {
        return noClasses()
                .that()
                .resideInAnyPackage(packages("common"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages(MODULES.stream()
                        .filter(module -> !module.equals("common"))
                        .toList()));
    }

    private ArchRule awaitsWhereAllowed() {
        DescribedPredicate<JavaClass> allowed =
                main().or(resideInAnyPackage(packages("common.launch", "common.db", "standalone", "cli")));
        return noClasses()
                .that(isNot(allowed))
                .should()
                .callMethodWhere(target(name("await"))
                        .and(DescribedPredicate.describe(
                                "on a future", call -> call.getTargetOwner().isAssignableTo(Future.class))));
    }

    private static ArchRule noVirtualThreads() {
        return noClasses()
                .should()
                .accessFieldWhere(target(name("VIRTUAL_THREAD"))
                        .and(DescribedPredicate.describe("of the threading models", access -> access.getTargetOwner()
                                .isEquivalentTo(ThreadingModel.class))));
    }

    private static DescribedPredicate<JavaClass> main() {
        return DescribedPredicate.describe(
                "a main", type -> outermost(type).getSimpleName().endsWith("Main"));
    }

    private static DescribedPredicate<JavaClass> named(String simpleName) {
        return DescribedPredicate.describe(
                simpleName, type -> outermost(type).getSimpleName().equals(simpleName));
    }

    private static DescribedPredicate<JavaClass> isNot(DescribedPredicate<? super JavaClass> predicate) {
        return DescribedPredicate.not(predicate.forSubtype());
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureRules::outermost).orElse(type);
    }
}
