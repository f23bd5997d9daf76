package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloneplatform.common.json.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a dump line by line; a bad line is told and skipped, and never ends the reading. */
final class DumpFile {
    private static final int LONGEST_LINE = 16 * 1024 * 1024;
    private static final int BUFFER = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path file;

    DumpFile(Path file) {
        this.file = file;
    }

    /** Takes what the lines hold. */
    interface Reader {
        void record(long line, String key, JsonNode value);

        void malformed(long line, String reason);
    }

    /** Reads the whole file. */
    void read(Reader reader) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            Line line = new Line();
            for (long number = 1; line.next(in); number++) {
                if (line.tooLong) {
                    reader.malformed(number, "longer than 16 MiB");
                } else if (!line.isBlank()) {
                    parse(number, line.bytes(number), reader);
                }
            }
        }
    }

    private static void parse(long number, byte[] line, Reader reader) {
        JsonNode node;
        try {
            node = Json.MAPPER.readTree(line);
        } catch (IOException e) {
            reader.malformed(number, "not JSON");
            return;
        }
        JsonNode key = node.path("key");
        if (!key.isTextual() || key.textValue().isEmpty()) {
            reader.malformed(number, "no key");
        } else if (!node.has("value")) {
            reader.malformed(number, "no value");
        } else {
            reader.record(number, key.textValue(), node.get("value"));
        }
    }

    /** The current line's bytes, without its end. */
    private static final class Line {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private boolean tooLong;

        boolean next(InputStream in) throws IOException {
            content.reset();
            tooLong = false;
            int read = in.read();
            if (read < 0) {
                return false;
            }
            for (; read >= 0 && read != '\n'; read = in.read()) {
                if (content.size() < LONGEST_LINE) {
                    content.write(read);
                } else {
                    tooLong = true;
                }
            }
            return true;
        }

        boolean isBlank() {
            return content.size() < 3
                    && content.toString(java.nio.charset.StandardCharsets.UTF_8).isBlank();
        }

        byte[] bytes(long number) {
            byte[] bytes = content.toByteArray();
            byte[] mark = String.valueOf(BYTE_ORDER_MARK).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            boolean marked = number == 1 && java.util.Arrays.mismatch(bytes, mark) == mark.length;
            return marked ? java.util.Arrays.copyOfRange(bytes, mark.length, bytes.length) : bytes;
        }
    }
}
