package io.cloneplatform.acceptance.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may talk to whom: nobody to anybody, but for a list that is this one. */
class NetworkPoliciesTest {
    private static final Set<String> OPENINGS = Set.of(
            "all -> kube-system/k8s-app=kube-dns: 53 53",
            "ingress-nginx -> gateway: 8080",
            "member -> member: 5701 5710",
            "member <- member: 5701 5710",
            "client -> server: 5432",
            "server <- client: 5432",
            "member <- monitoring/prometheus: 9000");

    @BeforeAll
    static void requireKubectl() {
        ManifestsTest.requireKubectl();
    }

    static Stream<Overlay> overlays() {
        return ManifestsTest.overlays();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everythingIsDeniedAtFirst(Overlay overlay) {
        Manifest deny = overlay.one("NetworkPolicy", "default-deny");
        assertThat(deny.at("/spec/podSelector")).hasToString("{}");
        assertThat(deny.at("/spec/policyTypes")).hasToString("[\"Ingress\",\"Egress\"]");
        assertThat(deny.at("/spec/ingress").isMissingNode()).isTrue();
        assertThat(deny.at("/spec/egress").isMissingNode()).isTrue();
    }

    @Test
    void openIsExactlyWhatThePlatformNeeds() {
        assertThat(openings(ManifestsTest.overlay("dev"))).containsExactlyInAnyOrderElementsOf(OPENINGS);
    }

    @Test
    void inProductionTheDatabaseReplicatesAndIsLookedAfterToo() {
        List<String> more = openings(ManifestsTest.overlay("production")).stream()
                .filter(opening -> !OPENINGS.contains(opening))
                .toList();
        assertThat(more)
                .containsExactlyInAnyOrder(
                        "server <- server, cnpg-system: 5432 8000",
                        "server <- monitoring/prometheus: 9187",
                        "server -> server: 5432 8000",
                        "server -> anywhere: 443 6443");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyPortThatIsOpenIsOneThatAPodHas(Overlay overlay) {
        Set<Integer> ports = overlay.withPods().stream()
                .flatMap(owner -> Manifest.elements(owner.pod().at("/containers/0/ports")))
                .map(port -> port.at("/containerPort").asInt())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(ports).contains(8080, 9000, 5701, 5710);
    }

    private static List<String> openings(Overlay overlay) {
        return overlay.all("NetworkPolicy").stream()
                .flatMap(policy -> Stream.concat(
                        policy.each("/spec/ingress").map(rule -> incoming(policy, rule)),
                        policy.each("/spec/egress")
                                .map(rule -> who(policy.at("/spec/podSelector")) + " -> " + peers(rule.at("/to"))
                                        + ports(rule))))
                .toList();
    }

    // From outside of the namespace the one who asks comes first, as people say it.
    private static String incoming(Manifest policy, JsonNode rule) {
        String pods = who(policy.at("/spec/podSelector"));
        String from = peers(rule.at("/from"));
        return from.equals("ingress-nginx") ? from + " -> " + pods + ports(rule) : pods + " <- " + from + ports(rule);
    }

    private static String peers(JsonNode list) {
        return list.isMissingNode()
                ? "anywhere"
                : Manifest.elements(list).map(NetworkPoliciesTest::peer).collect(Collectors.joining(", "));
    }

    private static String peer(JsonNode peer) {
        String namespace = peer.at("/namespaceSelector/matchLabels/kubernetes.io~1metadata.name")
                .asText();
        String pods = peer.has("podSelector") ? who(peer.at("/podSelector")) : "";
        return namespace.isEmpty() ? pods : pods.isEmpty() ? namespace : namespace + "/" + pods;
    }

    private static String who(JsonNode selector) {
        JsonNode labels = selector.at("/matchLabels");
        if (labels.isMissingNode()) {
            return "all";
        }
        return labels.properties().stream()
                .map(label -> label.getKey().startsWith("k8s-app")
                        ? label.getKey() + "=" + label.getValue().asText()
                        : label.getValue().asText())
                .collect(Collectors.joining("+"));
    }

    private static String ports(JsonNode rule) {
        return Manifest.elements(rule.at("/ports"))
                .map(port -> " " + port.at("/port").asInt())
                .collect(Collectors.joining("", ":", ""));
    }
}
