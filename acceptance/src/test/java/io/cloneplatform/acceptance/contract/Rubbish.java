package io.cloneplatform.acceptance.contract;

import io.cloneplatform.gateway.document.ApiOperation;
import io.cloneplatform.gateway.document.ApiParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** All rubbish for one operation, made from what the document says about it. */
final class Rubbish {
    private final RunningPlatform platform;
    private final Document document;

    Rubbish(RunningPlatform platform, Document document) {
        this.platform = platform;
        this.document = document;
    }

    /**
     * One odd request.
     *
     * @param name what is odd about it
     * @param send sends it, made from a request that works
     * @param verdict what has to come back
     */
    record Case(String name, Function<Draft, Answer> send, Verdict verdict) {}

    /**
     * What has to come back.
     *
     * @param statuses the statuses that are right; empty for every one the operation documents below 500
     * @param fields fields of which a refusal names one; empty when it is not about fields
     */
    record Verdict(Set<Integer> statuses, Set<String> fields) {
        /** Anything the operation documents. */
        static final Verdict HANDLED = new Verdict(Set.of(), Set.of());

        static Verdict refused(String... fields) {
            return new Verdict(Set.of(400), Set.of(fields));
        }

        static Verdict status(Integer... statuses) {
            return new Verdict(Set.of(statuses), Set.of());
        }
    }

    /** Every odd request to an operation; the draft is one that works. */
    List<Case> cases(ApiOperation operation, Draft good) {
        List<Case> cases = new ArrayList<>();
        operation
                .bodySchema()
                .ifPresent(schema -> cases.addAll(new RubbishBodies(platform, document, operation).cases(good)));
        for (ApiParameter parameter : operation.parameters()) {
            cases.addAll(parameter.inPath() ? ids(operation, parameter) : values(operation, parameter));
        }
        if (operation.method().equals("GET")) {
            cases.add(new Case(
                    "a body where none belongs",
                    draft -> draft.call(platform, operation)
                            .bytes("application/json", new byte[100_000])
                            .send(),
                    Verdict.HANDLED));
        }
        cases.add(new Case("an undecodable query", draft -> raw(draft, operation, "x=%zz"), Verdict.HANDLED));
        cases.add(new Case(
                "parameters that nobody declared",
                draft -> draft.query("x\u0000y", "%").call(platform, operation).send(),
                Verdict.HANDLED));
        return cases;
    }

    private List<Case> ids(ApiOperation operation, ApiParameter parameter) {
        List<Case> cases = new ArrayList<>();
        BadValues.forId().forEach((name, value) -> {
            Verdict verdict =
                    switch (name) {
                        case "longer than a line" -> Verdict.status(414);
                        case "up", "up, encoded" -> Verdict.status(400, 404, 405);
                        default -> Verdict.status(400, 404);
                    };
            cases.add(new Case(
                    parameter.name() + " is " + name,
                    draft -> withId(draft, operation, parameter, value).send(),
                    verdict));
        });
        cases.add(new Case(
                parameter.name() + " cannot be decoded",
                draft -> platform.raw()
                        .send(
                                operation.method(),
                                operation.path().replace("{" + parameter.name() + "}", "%zz"),
                                "Authorization: Bearer " + draft.token()),
                Verdict.status(400, 404)));
        return cases;
    }

    private Call withId(Draft draft, ApiOperation operation, ApiParameter parameter, String encoded) {
        String target = operation.path().replace("{" + parameter.name() + "}", encoded);
        return platform.call(operation.method(), target).bearer(draft.token()).json(draft.body());
    }

    private List<Case> values(ApiOperation operation, ApiParameter parameter) {
        List<Case> cases = new ArrayList<>();
        ParameterOracle oracle = new ParameterOracle(document, parameter);
        BadValues.forParameter(parameter.schema())
                .forEach((name, value) -> cases.add(new Case(
                        parameter.name() + " is " + name,
                        draft -> send(draft, operation, parameter, parameter.name() + "=" + value),
                        oracle.verdict(name, value))));
        cases.add(new Case(
                parameter.name() + " is missing",
                draft -> send(draft, operation, parameter, ""),
                parameter.required() ? Verdict.refused(parameter.name()) : Verdict.HANDLED));
        cases.add(new Case(
                parameter.name() + " is given twice",
                draft -> send(draft, operation, parameter, parameter.name() + "=1&" + parameter.name() + "=2"),
                Verdict.refused(parameter.name())));
        cases.add(new Case(
                parameter.name() + " cannot be decoded",
                draft -> raw(draft, operation, parameter.name() + "=%zz"),
                Verdict.status(400)));
        return cases;
    }

    // The other parameters stay as they are in the request that works.
    private Answer send(Draft draft, ApiOperation operation, ApiParameter parameter, String query) {
        Draft others = draft.withoutQuery(parameter.name());
        String target = others.target(operation);
        String separator = target.contains("?") ? "&" : "?";
        return platform.call(operation.method(), query.isEmpty() ? target : target + separator + query)
                .bearer(draft.token())
                .json(draft.body())
                .send();
    }

    private Answer raw(Draft draft, ApiOperation operation, String query) {
        String target = draft.withoutQuery().target(operation) + "?" + query;
        return draft.token() == null
                ? platform.raw().send(operation.method(), target)
                : platform.raw().send(operation.method(), target, "Authorization: Bearer " + draft.token());
    }
}
