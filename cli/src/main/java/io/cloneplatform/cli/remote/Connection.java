package io.cloneplatform.cli.remote;

import io.cloneplatform.cli.output.Output;
import io.cloneplatform.common.config.ConfigException;
import io.cloneplatform.common.config.Env;
import io.cloneplatform.common.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options of every command that operates a running platform: where it is, the key, and how answers are
 * shown.
 */
public final class Connection {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "Where the API is; a base path may be part of it. Default: ${DEFAULT-VALUE}.")
    private URI url;

    @Option(
            names = "--admin-key-file",
            paramLabel = "FILE",
            description = "A file with the admin key. Default: ADMIN_KEY or ADMIN_KEY_FILE of the environment.")
    private Path adminKeyFile;

    @Option(names = "--json", description = "Prints one JSON document; failures are JSON on standard error.")
    private boolean json;

    @Option(names = "--full", description = "Shows whole e-mail addresses.")
    private boolean full;

    /** The API, with calls of at most 30 seconds. */
    public AdminApi api() {
        return api(LIMIT);
    }

    /** The API, with calls of at most the given time. */
    public AdminApi api(Duration limit) {
        return new AdminApi(url(), key(), limit);
    }

    /** Where answers go. */
    public Output output() {
        return new Output(spec.commandLine(), json, full);
    }

    /** Where the API is. */
    public URI url() {
        String scheme = url.getScheme();
        if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw usage("--url: expected something like http://127.0.0.1:8080, got '" + url + "'");
        }
        return url;
    }

    /** The admin key. */
    public String key() {
        String key = (adminKeyFile != null ? fromFile() : fromEnvironment()).strip();
        if (!key.matches("[\\x21-\\x7E]{1,4096}")) {
            throw usage("The admin key must be visible ASCII characters without spaces.");
        }
        return key;
    }

    private String fromFile() {
        try {
            return SmallFile.read(adminKeyFile);
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
                throw usage("The admin key is missing: set ADMIN_KEY or ADMIN_KEY_FILE, or give --admin-key-file.");
            }
            return key;
        } catch (ConfigException e) {
            throw usage(e.getMessage());
        }
    }

    /** The command was called in a wrong way. */
    public ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
