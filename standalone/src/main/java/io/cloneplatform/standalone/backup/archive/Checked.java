package io.cloneplatform.standalone.backup.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/** Counts and hashes (SHA-256) the text of one table on its way. */
public final class Checked {
    private final MessageDigest digest;
    private final LongConsumer progress;
    private long bytes;

    /**
     * For one table.
     *
     * @param progress is told the bytes of each piece
     */
    public Checked(LongConsumer progress) {
        this.progress = progress;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A stream on which what is written is counted and passed on. */
    public OutputStream writing(OutputStream to) {
        return new FilterOutputStream(to) {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                out.write(from, offset, length);
                add(from, offset, length);
            }
        };
    }

    /** A stream on which what is read is counted. */
    public InputStream reading(InputStream from) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int count = from.read(into, offset, length);
                if (count > 0) {
                    add(into, offset, count);
                }
                return count;
            }
        };
    }

    private void add(byte[] from, int offset, int length) {
        digest.update(from, offset, length);
        bytes += length;
        progress.accept(length);
    }

    /** How much went by. */
    public long bytes() {
        return bytes;
    }

    /** Ends the hash and gives it in hexadecimal digits; once. */
    public String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
