package io.cloneplatform.benchmarks.growth;

import io.cloneplatform.gateway.document.ApiDocument;
import io.cloneplatform.gateway.document.ApiOperation;
import io.cloneplatform.gateway.document.ApiOperation.Access;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that is called: each operation of the OpenAPI document at least once. */
final class Probes {
    /** What computes everything again, and so takes as long as there is much. */
    static final Set<String> RECOMPUTATIONS = Set.of("earningsLedgerVerify", "premiumRefreshCache");

    /** What ends a member's account, or is one admin's own device: it is not done again and again. */
    private static final Set<String> ONCE = Set.of(
            "authAccountDelete",
            "authSecondFactorEnrol",
            "authSecondFactorConfirm",
            "authSecondFactorRemove",
            "authAccountsSecondFactorRemove");

    private Probes() {}

    static List<Probe> all(ApiDocument document) {
        List<Probe> written = Stream.of(
                        AccountProbes.all(),
                        EarningsProbes.all(),
                        WithdrawalProbes.all(),
                        PremiumProbes.all(),
                        SupportProbes.all(),
                        AdminProbes.all())
                .flatMap(List::stream)
                .toList();
        return Stream.concat(
                        written.stream(),
                        missing(document, written).stream()
                                .filter(Probes::isPlain)
                                .map(Probes::plain))
                .toList();
    }

    /** The operations that none of the probes calls, but recomputations and what is done once. */
    static List<ApiOperation> missing(ApiDocument document, List<Probe> probes) {
        Set<String> called = probes.stream().map(Probe::operation).collect(Collectors.toCollection(HashSet::new));
        called.addAll(RECOMPUTATIONS);
        called.addAll(ONCE);
        return document.operations().stream()
                .filter(operation -> !called.contains(operation.id()) && !isStream(operation))
                .toList();
    }

    /** What answers for as long as the client listens. */
    private static boolean isStream(ApiOperation operation) {
        return operation.produces().contains("text/event-stream");
    }

    private static boolean isPlain(ApiOperation operation) {
        return operation.method().equals("GET") && !operation.path().contains("{");
    }

    private static Probe plain(ApiOperation operation) {
        return Probe.of(
                "GET " + operation.path(),
                operation.id(),
                (side, i) -> Call.get(operation.path(), caller(operation.access(), side, i)));
    }

    private static String caller(Access access, Side side, int index) throws InterruptedException {
        return switch (access) {
            case PUBLIC -> null;
            case MEMBER -> side.member(Population.Place.LEAF, index);
            case ADMIN -> side.admin();
        };
    }
}
