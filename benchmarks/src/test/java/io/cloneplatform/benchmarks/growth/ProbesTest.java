package io.cloneplatform.benchmarks.growth;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloneplatform.benchmarks.growth.Population.Place;
import io.cloneplatform.gateway.document.ApiDocument;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProbesTest {
    private final ApiDocument document = ApiDocument.load();
    private final List<Probe> probes = Probes.all(document);

    @Test
    void everyOperationOfTheDocumentIsCalled() {
        assertThat(Probes.missing(document, probes)).isEmpty();
        assertThat(Probes.missing(document, probes.subList(1, probes.size())))
                .as("what would be missing")
                .isNotEmpty();
    }

    @Test
    void noTwoProbesHaveOneName() {
        assertThat(probes).extracting(Probe::name).doesNotHaveDuplicates();
    }

    @Test
    void callsOfOneProbeNameOtherMembersAsLongAsThereAre() {
        for (long members : new long[] {1_000, 1_000_000}) {
            Population population = new Population(members);
            assertThat(IntStream.range(0, 200).mapToObj(i -> population.member(Place.LEAF, i)))
                    .as(members + " members")
                    .doesNotHaveDuplicates()
                    .allMatch(number -> number > 1 && number <= members);
        }
    }
}
