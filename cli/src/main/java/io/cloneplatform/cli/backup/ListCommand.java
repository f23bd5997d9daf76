package io.cloneplatform.cli.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloneplatform.common.json.Json;
import io.cloneplatform.standalone.backup.Backup;
import io.cloneplatform.standalone.backup.archive.Manifest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code clonectl backup list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the backups, the newest first, with the reason where one cannot be read.",
            "Exits with 0; with 1 when the directory cannot be read."
        })
final class ListCommand implements Callable<Integer> {
    private static final String LINE = "%-32s %-20s %9s %12s %7s  %s%n";

    @Mixin
    private Place place;

    @Override
    public Integer call() {
        return place.run(bar -> {
            List<Backup> backups = place.backups().list();
            if (place.json()) {
                ObjectNode answer = Json.object();
                backups.forEach(backup -> answer.withArray("backups").add(Shown.json(backup)));
                place.out()
                        .println(
                                answer.isEmpty()
                                        ? Json.object().set("backups", Json.MAPPER.createArrayNode())
                                        : answer);
            } else if (backups.isEmpty()) {
                place.out().println("There are no backups in " + place.backups().directory() + ".");
            } else {
                place.out().printf(LINE, "NAME", "MADE", "SIZE", "ROWS", "SCHEMA", "READABLE");
                backups.forEach(this::print);
            }
            return 0;
        });
    }

    private void print(Backup backup) {
        place.out()
                .printf(
                        LINE,
                        backup.name().text(),
                        backup.createdAt()
                                .map(at -> at.toString().replaceFirst("\\.[0-9]+Z$", "Z"))
                                .orElse("-"),
                        Shown.size(backup.bytes()),
                        backup.manifest()
                                .map(Manifest::rows)
                                .map(Object::toString)
                                .orElse("-"),
                        backup.manifest()
                                .map(Manifest::schema)
                                .map(Object::toString)
                                .orElse("-"),
                        backup.problem().orElse("yes"));
    }
}
