package io.cloneplatform.standalone.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where the embedded database keeps what.
 *
 * @param programs the unpacked programs
 * @param data the database itself
 * @param passwords the superuser's password, in the form that PostgreSQL's clients read by themselves
 */
record PostgresFiles(Path programs, Path data, Path passwords) {
    private static final String SETTINGS =
            """
            # Written by the platform at every start. For settings of your own use ALTER SYSTEM.
            listen_addresses = '127.0.0.1'
            port = %d
            unix_socket_directories = ''
            max_connections = 100
            password_encryption = 'scram-sha-256'

            # What was acknowledged is on disk.
            fsync = on
            synchronous_commit = on
            full_page_writes = on

            shared_buffers = 64MB
            work_mem = 4MB
            maintenance_work_mem = 32MB
            jit = off

            timezone = 'UTC'
            log_timezone = 'UTC'
            lc_messages = 'C'
            default_text_search_config = 'pg_catalog.english'

            # Refusals by a constraint are everyday events; what goes wrong is in the platform's log.
            log_min_messages = log
            log_checkpoints = off
            log_autovacuum_min_duration = -1
            """;

    private static final String ACCESS =
            """
            # Written by the platform at every start: this machine only, and only with the password.
            host all all 127.0.0.1/32 scram-sha-256
            """;

    private static final String PASSWORD_ENTRY = "127.0.0.1:*:*:" + EmbeddedDatabase.USER + ":";

    static PostgresFiles in(Path directory) {
        return new PostgresFiles(
                directory.resolve("postgres-programs"), directory.resolve("postgres"), directory.resolve("pgpass"));
    }

    /** Where the database is made, so that an interrupted first start is never taken for a database. */
    Path unfinished() {
        return data.resolveSibling(data.getFileName() + ".new");
    }

    /** The server's log. */
    Path log() {
        return data.resolve("server.log");
    }

    /** Names the running server's process while there is one. */
    Path pidFile() {
        return data.resolve("postmaster.pid");
    }

    /** The process in that file; empty when there is none, or nothing that names one. */
    Optional<Long> pid() throws IOException {
        if (Files.notExists(pidFile())) {
            return Optional.empty();
        }
        return Files.readAllLines(pidFile()).stream()
                .findFirst()
                .map(String::strip)
                .filter(line -> line.matches("[1-9][0-9]{0,9}"))
                .map(Long::valueOf);
    }

    /** Writes what the server reads at start, and puts the log of the run before aside. */
    void prepareStart(int port) throws IOException {
        Files.writeString(data.resolve("postgresql.conf"), SETTINGS.formatted(port));
        Files.writeString(data.resolve("pg_hba.conf"), ACCESS);
        if (Files.exists(log())) {
            Files.move(log(), data.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The superuser's password, if one was made before and its file is whole. */
    Optional<String> password() throws IOException {
        return Files.exists(passwords)
                ? Optional.of(Files.readString(passwords).strip())
                        .filter(entry -> entry.startsWith(PASSWORD_ENTRY))
                        .map(entry -> entry.substring(PASSWORD_ENTRY.length()))
                        .filter(password -> !password.isEmpty())
                : Optional.empty();
    }

    /** A password that nobody can guess and that needs no quoting in a URL, a statement or a file. */
    static String newPassword() {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Keeps the superuser's password where only the owner of the file can read it. */
    void savePassword(String password) throws IOException {
        Path fresh = passwords.resolveSibling(passwords.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, PASSWORD_ENTRY + password + "\n");
        Files.move(fresh, passwords, StandardCopyOption.ATOMIC_MOVE);
    }
}
