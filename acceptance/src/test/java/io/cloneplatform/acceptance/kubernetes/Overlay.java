package io.cloneplatform.acceptance.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Everything that {@code kubectl apply -k} would send for one overlay. */
public final class Overlay {
    /** What is said where {@link #canRender} says no. */
    public static final String MISSING = "kubectl 1.27 or newer is not installed; the manifests were not put together";

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Map<Path, String> RENDERED = new ConcurrentHashMap<>();

    private final String name;
    private final List<Manifest> manifests;

    private Overlay(String name, List<Manifest> manifests) {
        this.name = name;
        this.manifests = manifests;
    }

    /** Whether a program that can put overlays together is there: kubectl with Kustomize 5. */
    public static boolean canRender() {
        try {
            Process kubectl = run("kubectl", "version", "--client");
            String text = new String(kubectl.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return kubectl.waitFor() == 0 && text.contains("Kustomize Version: v5");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Put together once, read anew for each test. */
    static Overlay render(Path folder) {
        String text = RENDERED.computeIfAbsent(folder, Overlay::kustomize);
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            return new Overlay(
                    String.valueOf(folder.getFileName()),
                    documents.readAll().stream().map(Manifest::new).toList());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String kustomize(Path folder) {
        try {
            Process kubectl = run("kubectl", "kustomize", folder.toString());
            String text = new String(kubectl.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (kubectl.waitFor() != 0) {
                throw new IllegalStateException(folder + " cannot be put together");
            }
            return text;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Process run(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** One document of a file. */
    static JsonNode read(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The files below a folder that describe something. */
    static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Manifest> all() {
        return manifests;
    }

    List<Manifest> all(String kind) {
        return manifests.stream()
                .filter(manifest -> manifest.kind().equals(kind))
                .toList();
    }

    Manifest one(String kind, String wanted) {
        return all(kind).stream()
                .filter(manifest -> manifest.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + kind + " " + wanted + " in " + name));
    }

    /** Whatever starts pods. */
    List<Manifest> withPods() {
        return manifests.stream()
                .filter(manifest -> !manifest.pod().isMissingNode())
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
