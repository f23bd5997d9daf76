package io.cloneplatform.cli.imports;

import io.cloneplatform.common.json.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Everything an import has to tell: a count for each kind with the first few in full, and all of them in the report file.
 */
final class Findings {
    private static final int SHOWN = 5;

    private final Map<Oddity, Integer> counts = new EnumMap<>(Oddity.class);
    private final Map<Oddity, List<String>> examples = new EnumMap<>(Oddity.class);
    private final PrintWriter file;

    /** Findings that go to a file too, one JSON object per line; null for none. */
    Findings(PrintWriter file) {
        this.file = file;
    }

    void add(Oddity oddity, String key, String sentence) {
        counts.merge(oddity, 1, Integer::sum);
        List<String> few = examples.computeIfAbsent(oddity, first -> new ArrayList<>());
        if (few.size() < SHOWN) {
            few.add(key + ": " + sentence);
        }
        if (file != null) {
            file.println(Json.text(
                    Json.object().put("kind", oddity.name()).put("key", key).put("message", sentence)));
        }
    }

    int count(Oddity oddity) {
        return counts.getOrDefault(oddity, 0);
    }

    void print(PrintWriter out) {
        counts.forEach((oddity, count) -> {
            out.println(count + " " + oddity.meaning() + " (" + oddity + ")");
            examples.get(oddity).forEach(example -> out.println("    " + example));
            if (count > SHOWN) {
                out.println(
                        "    ... and " + (count - SHOWN) + " more" + (file == null ? "; --report FILE lists all" : ""));
            }
        });
    }
}
