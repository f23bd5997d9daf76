package io.cloneplatform.acceptance.contract;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A sample of every operation of the document. */
final class Samples {
    private Samples() {}

    /** All samples by operationId. */
    static Map<String, Sample> byOperation() {
        Map<String, Sample> byOperation = new TreeMap<>();
        Stream.of(
                        system(),
                        AccountSamples.all(),
                        AdminSamples.all(),
                        SecondFactorSamples.all(),
                        EarningsSamples.all(),
                        WithdrawalSamples.all(),
                        PremiumSamples.all(),
                        SupportSamples.all())
                .flatMap(List::stream)
                .forEach(sample -> {
                    if (byOperation.put(sample.operation(), sample) != null) {
                        throw new IllegalStateException("two samples of " + sample.operation());
                    }
                });
        return byOperation;
    }

    private static List<Sample> system() {
        return List.of(
                Sample.of("gatewayHealth", w -> Draft.as(null)),
                Sample.of("gatewayDocumentYaml", w -> Draft.as(null)),
                Sample.of("gatewayDocumentJson", w -> Draft.as(null)));
    }
}
