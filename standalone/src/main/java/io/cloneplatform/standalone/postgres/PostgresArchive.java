package io.cloneplatform.standalone.postgres;

import io.cloneplatform.common.launch.StartException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs that come with the build, as an archive on the class path. */
final class PostgresArchive {
    private static final String FINGERPRINT_FILE = "fingerprint";

    private PostgresArchive() {}

    /**
     * Unpacks the programs unless exactly these are there already. An interrupted unpacking leaves nothing that a later
     * start would take for complete.
     */
    static void unpack(Path home, Runnable slow) {
        URL archive = find();
        try {
            URLConnection connection = archive.openConnection();
            String fingerprint = fingerprint(connection);
            if (fingerprint.equals(existing(home))) {
                return;
            }
            slow.run();
            Path fresh = home.resolveSibling(home.getFileName() + ".new");
            delete(fresh);
            extract(connection.getInputStream(), fresh);
            Files.writeString(fresh.resolve(FINGERPRINT_FILE), fingerprint);
            delete(home);
            Files.move(fresh, home);
        } catch (IOException e) {
            throw new StartException("PostgreSQL cannot be unpacked into " + home + ": " + e, e);
        }
    }

    /** Deletes a directory with everything in it, if it is there. */
    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static URL find() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String arch =
                switch (System.getProperty("os.arch")) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> System.getProperty("os.arch");
                };
        String name = "postgres-" + os + "-" + arch + ".txz";
        URL archive = PostgresArchive.class.getClassLoader().getResource(name);
        if (archive == null) {
            throw new StartException("This build brings no PostgreSQL for this machine (" + os + " " + arch
                    + "). Build it on this machine, or set DATABASE_URL to a server of your own.");
        }
        return archive;
    }

    private static String fingerprint(URLConnection connection) throws IOException {
        return connection instanceof JarURLConnection jar
                ? Long.toHexString(jar.getJarEntry().getCrc())
                : Long.toString(connection.getContentLengthLong());
    }

    private static String existing(Path home) throws IOException {
        Path file = home.resolve(FINGERPRINT_FILE);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static void extract(InputStream archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            Files.createDirectories(target);
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(tar, entry, target.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, file);
        if ((entry.getMode() & 0111) != 0 && !file.toFile().setExecutable(true, false)) {
            throw new IOException(file + " cannot be made executable");
        }
    }
}
