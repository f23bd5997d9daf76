package io.cloneplatform.cli.remote;

import io.cloneplatform.cli.output.Output;
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
        return new Access(spec).url(url);
    }

    /** The admin key. */
    public String key() {
        return new Access(spec).key(adminKeyFile);
    }

    /** The command was called in a wrong way. */
    public ParameterException usage(String sentence) {
        return new Access(spec).usage(sentence);
    }
}
