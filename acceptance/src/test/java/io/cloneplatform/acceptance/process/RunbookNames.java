package io.cloneplatform.acceptance.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds lines that need a cluster or Docker against the files that they work on. */
final class RunbookNames {
    private static final Set<String> VERBS =
            Set.of("apply", "create", "delete", "describe", "exec", "get", "logs", "rollout", "scale", "wait");
    private static final Set<String> COMPOSE_VERBS =
            Set.of("build", "exec", "images", "logs", "ps", "run", "up", "down", "restart");
    private static final Pattern KUBECTL =
            Pattern.compile("kubectl (?:-n (?<namespace>\\S+) )?(?<verb>[a-z]+)\\b(?<rest>.*)");
    private static final Pattern COMPOSE = Pattern.compile("docker compose (?<verb>[a-z]+)(?<rest>.*)");
    private static final Pattern NAMED =
            Pattern.compile("\\b(?<kind>deployment|job|cronjob|service)[/ ](?<name>[a-z][a-z0-9-]*)");
    private static final Pattern KUSTOMIZATION = Pattern.compile("-k (\\S+)");
    private static final Pattern LABEL = Pattern.compile("-l ([^ =]+)=(\\S+)");

    private final Path root = Repository.root();
    private final List<String> complaints = new ArrayList<>();

    /** What is wrong with the lines; nothing when all of it exists. */
    List<String> complaints(String lines) {
        lines.replace("\\\n", " ").lines().forEach(this::check);
        return complaints;
    }

    private void check(String line) {
        Matcher kubectl = KUBECTL.matcher(line);
        Matcher compose = COMPOSE.matcher(line);
        if (kubectl.find()) {
            kubectl(line, kubectl);
        } else if (compose.find()) {
            require(COMPOSE_VERBS.contains(compose.group("verb")), line, "no such command of Compose");
        } else {
            require(line.matches("(?:export [A-Z_]+=|sed -i ).*"), line, "neither kubectl nor docker compose");
        }
    }

    private void kubectl(String line, Matcher kubectl) {
        require(VERBS.contains(kubectl.group("verb")), line, "no such command of kubectl");
        if (kubectl.group("namespace") != null) {
            require(read("k8s/base/namespace.yaml").contains("name: " + kubectl.group("namespace")), line, "namespace");
        }
        KUSTOMIZATION
                .matcher(line)
                .results()
                .forEach(found -> require(
                        Files.exists(root.resolve(found.group(1)).resolve("kustomization.yaml")), line, "overlay"));
        LABEL.matcher(line)
                .results()
                .forEach(found -> require(manifests().contains(found.group(1) + ": " + found.group(2)), line, "label"));
        NAMED.matcher(line)
                .results()
                .forEach(found -> require(
                        exists(found.group(1), found.group(2)) || found.group(2).equals("deployment"),
                        line,
                        "no " + found.group()));
    }

    private boolean exists(String kind, String name) {
        return kind.equals("deployment")
                ? Files.exists(root.resolve("k8s/base").resolve(name).resolve("kustomization.yaml"))
                : manifests().contains("name: " + name);
    }

    private String manifests() {
        try (var files = Files.walk(root.resolve("k8s"))) {
            return String.join(
                    "\n",
                    files.filter(file -> file.toString().endsWith(".yaml"))
                            .map(this::text)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String file) {
        return text(root.resolve(file));
    }

    private String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void require(boolean holds, String line, String what) {
        if (!holds) {
            complaints.add(what + ": " + line);
        }
    }
}
