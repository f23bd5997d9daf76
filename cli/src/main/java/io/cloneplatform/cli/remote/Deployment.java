package io.cloneplatform.cli.remote;

import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of commands that talk to a running deployment as an admin. */
public final class Deployment {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description = "Where the API is; a base path may be part of it.")
    private URI url;

    @Option(
            names = "--admin-key",
            paramLabel = "KEY",
            description = "The admin key. Default: ADMIN_KEY or ADMIN_KEY_FILE.")
    private String adminKey;

    @Option(names = "--admin-key-file", paramLabel = "FILE", description = "A file with the admin key.")
    private Path adminKeyFile;

    /** Where the API is. */
    public URI url() {
        return new Access(spec).url(url);
    }

    /** The admin key, from the options or the environment. */
    public String key() {
        Access access = new Access(spec);
        return adminKey != null ? access.key(adminKey) : access.key(adminKeyFile);
    }
}
