package io.cloneplatform.standalone.backup.archive;

import io.cloneplatform.common.json.Json;
import io.cloneplatform.standalone.backup.BackupException;
import io.cloneplatform.standalone.backup.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads the file of a backup and refuses, with the reason, what is none, what is not whole and what was
 * changed.
 */
public final class ArchiveReader implements AutoCloseable {
    private static final int MAX_MANIFEST = 1 << 20;
    private static final int MAX_TABLES = 1_000;
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    private final Path file;
    private final ZipFile zip;
    private final Manifest manifest;

    private ArchiveReader(Path file, ZipFile zip) throws IOException {
        this.file = file;
        this.zip = zip;
        this.manifest = readManifest();
    }

    /**
     * Opens a file and reads its manifest.
     *
     * @throws BackupException when it is no backup that this release can read
     */
    public static ArchiveReader open(Path file) {
        ZipFile zip = openZip(file);
        try {
            return new ArchiveReader(file, zip);
        } catch (IOException | RuntimeException e) {
            close(zip);
            throw e instanceof BackupException refusal
                    ? refusal
                    : new BackupException(file + " cannot be read: its manifest is damaged (" + Reason.of(e) + ").", e);
        }
    }

    private static ZipFile openZip(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new BackupException(file + " is a directory, not a backup.");
            }
            if (Files.size(file) == 0) {
                throw new BackupException(file + " is empty.");
            }
            return new ZipFile(file.toFile());
        } catch (NoSuchFileException e) {
            throw new BackupException("There is no backup " + file + ".", e);
        } catch (ZipException e) {
            throw new BackupException(
                    file + (beginsAsZip(file) ? " is not whole: its end is missing or damaged." : " is not a backup."),
                    e);
        } catch (IOException e) {
            throw new BackupException(file + " cannot be read: " + Reason.of(e) + ".", e);
        }
    }

    private static boolean beginsAsZip(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] begin = in.readNBytes(2);
            return begin.length == 2 && begin[0] == 'P' && begin[1] == 'K';
        } catch (IOException e) {
            return false;
        }
    }

    private static void close(ZipFile zip) {
        try {
            zip.close();
        } catch (IOException e) {
            throw new BackupException("A file cannot be closed: " + Reason.of(e) + ".", e);
        }
    }

    private Manifest readManifest() throws IOException {
        ZipEntry entry = zip.getEntry(ArchiveWriter.MANIFEST);
        if (entry == null) {
            throw new BackupException(file + " is not a backup of this platform: it has no manifest.");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] text = in.readNBytes(MAX_MANIFEST + 1);
            if (text.length > MAX_MANIFEST) {
                throw new BackupException(file + " is not a backup of this platform: its manifest is too long.");
            }
            CRC32 crc = new CRC32();
            crc.update(text);
            if (crc.getValue() != entry.getCrc()) {
                throw new BackupException(file + " is damaged: the checksum of its manifest differs.");
            }
            return checked(Json.read(text, Manifest.class));
        }
    }

    private Manifest checked(Manifest read) {
        if (!Manifest.PRODUCT.equals(read.product())) {
            throw new BackupException(file + " is not a backup of this platform.");
        }
        if (read.format() > Manifest.FORMAT) {
            throw new BackupException(file + " has format " + read.format() + ", this release reads up to "
                    + Manifest.FORMAT + ". Use the release that made it: " + read.release() + ".");
        }
        boolean usable = read.tables() != null
                && read.sequences() != null
                && read.proof() != null
                && read.createdAt() != null
                && read.tables().size() <= MAX_TABLES
                && read.tables().stream().allMatch(ArchiveReader::isNamed)
                && read.sequences().stream()
                        .allMatch(sequence -> NAME.matcher(sequence.name()).matches());
        if (!usable) {
            throw new BackupException(file + " is not a backup of this platform: its manifest is incomplete.");
        }
        return read;
    }

    // The names become part of statements.
    private static boolean isNamed(Manifest.Table table) {
        return NAME.matcher(table.name()).matches()
                && !table.columns().isEmpty()
                && table.columns().stream()
                        .allMatch(column -> NAME.matcher(column).matches());
    }

    /** What the backup says about itself. */
    public Manifest manifest() {
        return manifest;
    }

    /** Reads the text of a table. */
    @FunctionalInterface
    public interface Use<T, E extends Exception> {
        T read(InputStream text) throws IOException, E;
    }

    /**
     * Reads a table to its end.
     *
     * @throws BackupException when its text is not what the manifest says, which only shows at its end
     */
    public <T, E extends Exception> T table(Manifest.Table table, LongConsumer progress, Use<T, E> use) throws E {
        ZipEntry entry = zip.getEntry(table.part());
        if (entry == null) {
            throw damaged(table, "it is missing");
        }
        Checked checked = new Checked(progress);
        try (InputStream in = zip.getInputStream(entry)) {
            InputStream text = checked.reading(new Limited(in, table.bytes()));
            T result = use.read(text);
            text.transferTo(OutputStream.nullOutputStream());
            if (checked.bytes() != table.bytes() || !checked.sha256().equals(table.sha256())) {
                throw damaged(table, "its checksum differs");
            }
            return result;
        } catch (ZipException | EOFException e) {
            throw damaged(table, Reason.of(e));
        } catch (IOException e) {
            throw new BackupException(file + " cannot be read: " + Reason.of(e) + ".", e);
        }
    }

    private BackupException damaged(Manifest.Table table, String how) {
        return new BackupException(file + " is damaged at table " + table.name() + ": " + how + ".");
    }

    /** Reads everything and compares it with the manifest. */
    public Manifest verify(LongConsumer progress) {
        for (Manifest.Table table : manifest.tables()) {
            table(table, progress, text -> text.transferTo(OutputStream.nullOutputStream()));
        }
        return manifest;
    }

    @Override
    public void close() {
        close(zip);
    }

    /** Never more than was announced, whatever the file unpacks to; one byte more gives it away. */
    private static final class Limited extends java.io.FilterInputStream {
        private long left;

        Limited(InputStream in, long announced) {
            super(in);
            this.left = announced + 1;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = left <= 0 ? -1 : super.read(into, offset, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }
    }
}
