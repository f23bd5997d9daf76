package io.cloneplatform.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.acceptance.contract.CommonRefusals.Expected;
import io.cloneplatform.gateway.document.ApiOperation;
import io.cloneplatform.gateway.document.ApiParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sends every operation of the document good and bad requests and holds every answer against the document. */
@ExtendWith(RunningPlatform.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceIT {
    private final RunningPlatform platform;
    private final World world;
    private final Document document = new Document();
    private final AnswerRules rules = new AnswerRules(document);
    private final Coverage coverage = new Coverage(document);
    private final Map<String, Sample> samples = Samples.byOperation();

    ConformanceIT(RunningPlatform platform) {
        this.platform = platform;
        this.world = new World(platform);
    }

    @Test
    void everyOperationHasASample() {
        assertThat(samples.keySet())
                .isEqualTo(new TreeSet<>(document.operations().keySet()));
    }

    @Test
    void everyStringOfARequestHasAMaximumLength() {
        List<String> unbounded = new ArrayList<>();
        for (ApiOperation operation : document.operations().values()) {
            operation
                    .bodySchema()
                    .ifPresent(schema -> unbounded.addAll(SchemaFacts.unboundedStrings(schema, operation.id())));
            for (ApiParameter parameter : operation.parameters()) {
                unbounded.addAll(
                        SchemaFacts.unboundedStrings(parameter.schema(), operation.id() + " " + parameter.name()));
            }
        }
        assertThat(unbounded).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> everyAnswerIsAsDocumented() {
        return document.operations().values().stream()
                .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> conforms(operation)));
    }

    private void conforms(ApiOperation operation) {
        Sample sample = samples.get(operation.id());
        assertThat(sample).as("a sample of " + operation.id()).isNotNull();
        List<String> complaints = new ArrayList<>();
        Draft good = sample.good().apply(world);
        for (Expected expected : new CommonRefusals(platform, world).of(operation, good)) {
            hold(operation, expected, complaints);
        }
        for (Sample.Refusal refusal : sample.refusals()) {
            Draft draft = refusal.draft().apply(world);
            hold(
                    operation,
                    new Expected(
                            refusal.code() + "", refusal.status(), refusal.code(), () -> draft.call(platform, operation)
                                    .send()),
                    complaints);
        }
        works(operation, good, complaints);
        for (Function<World, Draft> another : sample.more()) {
            works(operation, another.apply(world), complaints);
        }
        assertThat(complaints).isEmpty();
    }

    private void works(ApiOperation operation, Draft draft, List<String> complaints) {
        int status = document.goodStatus(operation);
        hold(
                operation,
                new Expected("good", status, null, () -> draft.call(platform, operation)
                        .send()),
                complaints);
    }

    private void hold(ApiOperation operation, Expected expected, List<String> complaints) {
        Answer answer = expected.answer().get();
        int before = complaints.size();
        String what = expected.name() + ": ";
        if (answer.status() != expected.status()) {
            complaints.add(what + "expected " + expected.status() + ", got " + answer);
        } else if (expected.code() != null && !expected.code().equals(answer.code())) {
            complaints.add(what + "expected the code " + expected.code() + ", got " + answer);
        }
        rules.complaints(operation, answer).forEach(complaint -> complaints.add(what + complaint + ": " + answer));
        if (complaints.size() == before) {
            coverage.saw(operation, answer.status());
        }
    }

    /** What an operation answers when the services behind the gateway are away, fail, hang or are still busy. */
    @TestFactory
    Stream<DynamicTest> everyTroubleIsAsDocumented() {
        FailingServices failing = new FailingServices(platform);
        Map<ApiOperation, Draft> drafts = failing.drafts(document, samples, world);
        return Stream.of(
                        DynamicTest.dynamicTest("service away", () -> failing.expect(drafts, 503, this::holdTrouble)),
                        DynamicTest.dynamicTest("service fails", () -> failing.expect(drafts, 500, this::holdTrouble)),
                        DynamicTest.dynamicTest(
                                "first still runs", () -> failing.expect(drafts, 409, this::holdTrouble)),
                        DynamicTest.dynamicTest("service hangs", () -> failing.expect(drafts, 504, this::holdTrouble)))
                .onClose(failing::close);
    }

    private List<String> holdTrouble(ApiOperation operation, Expected expected) {
        List<String> complaints = new ArrayList<>();
        boolean behindTheGateway = operation.gateway().isEmpty() || expected.status() == 503;
        boolean withinReach = operation.timeoutMs().isEmpty() || expected.status() != 504;
        if (document.statuses(operation).contains(expected.status()) && behindTheGateway && withinReach) {
            hold(operation, expected, complaints);
        }
        return complaints.stream()
                .map(complaint -> operation.id() + " " + complaint)
                .toList();
    }

    @AfterAll
    void everyOperationWasSeenGoodAndBad() {
        System.out.println(coverage.table());
        List<String> uncovered = new ArrayList<>(document.operations().keySet());
        uncovered.removeAll(coverage.covered());
        assertThat(uncovered)
                .as("operations without a good and a bad answer that kept every rule")
                .isEmpty();
    }
}
