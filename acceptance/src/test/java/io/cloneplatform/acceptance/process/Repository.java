package io.cloneplatform.acceptance.process;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checked-out repository that the tests run in. */
public final class Repository {
    private Repository() {}

    /** Its root, found from the working directory upwards. */
    public static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (directory != null) {
            if (Files.exists(directory.resolve("standalone/pom.xml")) && Files.exists(directory.resolve("pom.xml"))) {
                return directory;
            }
            directory = directory.getParent();
        }
        throw new IllegalStateException("No repository around " + Path.of("").toAbsolutePath());
    }

    /** The runnable jar of a module, as {@code mvn package} leaves it. */
    static Path jar(String module) {
        Path jar = root().resolve(module).resolve("target").resolve(module + ".jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing; run mvn package first");
        }
        return jar;
    }
}
