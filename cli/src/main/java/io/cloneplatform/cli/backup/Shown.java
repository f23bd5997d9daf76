package io.cloneplatform.cli.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.standalone.backup.Backup;
import io.cloneplatform.standalone.backup.archive.Manifest;

/** A backup as operators and scripts are told of it. */
final class Shown {
    private Shown() {}

    static ObjectNode json(Backup backup) {
        ObjectNode shown = Json.object()
                .put("name", backup.name().text())
                .put("file", backup.file().toString())
                .put("bytes", backup.bytes())
                .put("readable", backup.isReadable());
        backup.manifest().ifPresent(manifest -> shown.setAll(json(manifest)));
        backup.problem().ifPresent(problem -> shown.put("problem", problem));
        return shown;
    }

    static ObjectNode json(Manifest manifest) {
        return Json.object()
                .put("createdAt", manifest.createdAt())
                .put("rows", manifest.rows())
                .put("transfers", manifest.proof().transfers())
                .put("schema", manifest.schema())
                .put("release", manifest.release());
    }

    /** One line: what it holds. */
    static String contents(Manifest manifest) {
        return "%,d rows, %,d transfers, schema %d, of %s"
                .formatted(
                        manifest.rows(),
                        manifest.proof().transfers(),
                        manifest.schema(),
                        manifest.createdAt().replaceFirst("\\.[0-9]+Z$", "Z"));
    }

    /** A size that a person can read, rounded up. */
    static String size(long bytes) {
        return bytes < 1 << 20 ? (bytes + 1023) / 1024 + " KB" : (bytes + (1 << 20) - 1) / (1 << 20) + " MB";
    }
}
