package io.cloneplatform.cli.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Reads a dump line by line, compressed or not; a bad line is told and skipped, and never ends the reading. */
final class DumpFile {
    private static final int LONGEST_LINE = 16 * 1024 * 1024;
    private static final int BUFFER = 1 << 16;
    private static final int GZIP = 0x1f8b;
    private static final int UTF_16_LITTLE = 0xfffe;
    private static final int UTF_16_BIG = 0xfeff;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;

    DumpFile(Path file) {
        this.file = file;
    }

    /** Takes what the lines hold. */
    interface Reader {
        void record(long line, String key, JsonNode value);

        void malformed(long line, String reason);

        /** The line is read, but had bytes that are no UTF-8. */
        void repaired(long line);

        void empty();
    }

    /** Reads the whole file. */
    void read(Reader reader) throws IOException {
        try (InputStream in = open()) {
            Line line = new Line();
            for (long number = 1; line.next(in); number++) {
                if (line.tooLong) {
                    reader.malformed(number, "longer than 16 MiB");
                } else {
                    parse(number, line.text(number), line.isUtf8(), reader);
                }
            }
        }
    }

    private InputStream open() throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        in.mark(2);
        int start = in.read() << 8 | in.read();
        in.reset();
        if (start == UTF_16_LITTLE || start == UTF_16_BIG) {
            in.close();
            throw new IOException(file + " is written in UTF-16; write the dump in UTF-8");
        }
        return start == GZIP ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER) : in;
    }

    private static void parse(long number, String line, boolean utf8, Reader reader) {
        if (line.isBlank()) {
            reader.empty();
            return;
        }
        JsonNode node;
        try {
            node = DumpJson.read(line);
        } catch (JsonProcessingException e) {
            reader.malformed(number, DumpJson.reason(e));
            return;
        }
        JsonNode key = node.path("key");
        if (!key.isTextual() || key.textValue().isEmpty()) {
            reader.malformed(number, "no key");
        } else if (!node.has("value")) {
            reader.malformed(number, "no value");
        } else {
            if (!utf8) {
                reader.repaired(number);
            }
            reader.record(number, key.textValue(), node.get("value"));
        }
    }

    /** The current line, without its end. */
    private static final class Line {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private boolean tooLong;
        private String text;

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

        String text(long number) {
            text = content.toString(StandardCharsets.UTF_8);
            return number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        }

        /** Whether nothing had to be replaced to make a text of the bytes. */
        boolean isUtf8() {
            return text.indexOf('\uFFFD') < 0
                    || java.util.Arrays.equals(text.getBytes(StandardCharsets.UTF_8), content.toByteArray());
        }
    }
}
