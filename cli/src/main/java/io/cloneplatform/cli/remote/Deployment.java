package io.cloneplatform.cli.remote;

import io.cloneplatform.common.config.ConfigException;
import io.cloneplatform.common.config.Env;
import io.cloneplatform.common.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
        String scheme = url.getScheme();
        if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw usage("--url: expected something like http://127.0.0.1:8080, got '" + url + "'");
        }
        return url;
    }

    /** The admin key, from the options or the environment. */
    public String key() {
        String key = adminKey != null ? adminKey : adminKeyFile != null ? fromFile() : fromEnvironment();
        if (!key.strip().matches("[\\x21-\\x7E]+")) {
            throw usage("The admin key must be visible ASCII characters without spaces.");
        }
        return key.strip();
    }

    private String fromFile() {
        try {
            return Files.readString(adminKeyFile);
        } catch (IOException e) {
            throw usage("--admin-key-file: cannot read " + adminKeyFile);
        }
    }

    private String fromEnvironment() {
        Env env = new Env(System.getenv());
        try {
            String key = env.secret("ADMIN_KEY").map(Secret::value).orElse(null);
            env.check();
            if (key == null) {
                throw usage("The admin key is missing: give --admin-key, --admin-key-file or ADMIN_KEY.");
            }
            return key;
        } catch (ConfigException e) {
            throw usage(e.getMessage());
        }
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
