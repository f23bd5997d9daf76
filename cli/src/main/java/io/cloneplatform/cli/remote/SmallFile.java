package io.cloneplatform.cli.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that hold one secret. */
public final class SmallFile {
    private static final int MAX_BYTES = 16 * 1024;

    private SmallFile() {}

    /**
     * The text of a file.
     *
     * @throws IOException also when it is longer than any secret
     */
    public static String read(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException(file + " is too long");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
