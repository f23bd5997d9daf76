package io.cloneplatform.acceptance.contract;

import io.cloneplatform.gateway.document.ApiOperation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

/** Which status of which operation was seen and kept its rules. */
final class Coverage {
    private final Document document;
    private final Map<String, Set<Integer>> seen = new ConcurrentHashMap<>();

    Coverage(Document document) {
        this.document = document;
    }

    void saw(ApiOperation operation, int status) {
        seen.computeIfAbsent(operation.id(), id -> new ConcurrentSkipListSet<>())
                .add(status);
    }

    private Set<Integer> of(ApiOperation operation) {
        return seen.getOrDefault(operation.id(), Set.of());
    }

    /** Operations of which a good and a bad answer were seen. */
    List<String> covered() {
        return document.operations().values().stream()
                .filter(operation -> of(operation).contains(document.goodStatus(operation)))
                .filter(operation -> of(operation).stream().anyMatch(status -> status >= 400))
                .map(ApiOperation::id)
                .toList();
    }

    /** One line per operation, and the sums. */
    String table() {
        StringBuilder table = new StringBuilder("\noperation: statuses covered (documented and not seen)\n");
        Map<Integer, Integer> sums = new TreeMap<>();
        int documented = 0;
        for (ApiOperation operation : document.operations().values()) {
            Set<Integer> missing = new TreeSet<>(document.statuses(operation));
            documented += missing.size();
            missing.removeAll(of(operation));
            of(operation).forEach(status -> sums.merge(status, 1, Integer::sum));
            table.append(String.format(
                    "%-28s %s %s%n",
                    operation.id(), joined(of(operation)), missing.isEmpty() ? "" : "(" + joined(missing) + ")"));
        }
        int total = sums.values().stream().mapToInt(Integer::intValue).sum();
        return table.append("operations covered: " + covered().size() + " of "
                        + document.operations().size() + ", statuses covered: " + total + " of " + documented + " ("
                        + sums.entrySet().stream()
                                .map(sum -> sum.getKey() + ": " + sum.getValue())
                                .collect(Collectors.joining(", "))
                        + ")\n")
                .toString();
    }

    private static String joined(Set<Integer> statuses) {
        return statuses.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
