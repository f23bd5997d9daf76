package io.cloneplatform.cli.smoke;

import io.cloneplatform.common.config.ConfigException;
import io.cloneplatform.common.config.Env;
import io.cloneplatform.common.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code clonectl smoke}: proves by 27 checks that a deployment works. Exit code 0 when all pass, 1 otherwise. */
@Command(
        name = "smoke",
        mixinStandardHelpOptions = true,
        description = "Runs 27 checks against a deployment and removes what they made.",
        footer = {
            "",
            "The checks sign up members under example.com, submit products, open a ticket and offer a premium",
            "assignment; afterwards balances are booked back to zero and the members are removed. Shares that no",
            "ancestor received stay with the platform in the ledger, as every entry does."
        })
public final class SmokeCommand implements Callable<Integer> {
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);
    private static final Duration SUITE_LIMIT = Duration.ofMinutes(2);

    @Spec
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

    @Override
    public Integer call() {
        String scheme = url.getScheme();
        if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw usage("--url: expected something like http://127.0.0.1:8080, got '" + url + "'");
        }
        Api api = new Api(url, key(), REQUEST_LIMIT);
        var console = spec.commandLine();
        return new SmokeSuite(api, console.getOut(), console.getErr(), SUITE_LIMIT).run() ? 0 : 1;
    }

    private String key() {
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
