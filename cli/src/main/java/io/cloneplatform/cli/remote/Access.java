package io.cloneplatform.cli.remote;

import io.cloneplatform.common.config.ConfigException;
import io.cloneplatform.common.config.Env;
import io.cloneplatform.common.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Looks through what a command was given to reach a platform as an admin; what is wrong with it is the caller's mistake. */
record Access(CommandSpec spec) {
    /** Where the API is. */
    URI url(URI given) {
        String scheme = given.getScheme();
        if (given.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw usage("--url: expected something like http://127.0.0.1:8080, got '" + given + "'");
        }
        return given;
    }

    /** The admin key of a file, or of the environment without one. */
    String key(Path file) {
        return key(file != null ? content(file) : fromEnvironment());
    }

    /** An admin key as the header of a request may have it. */
    String key(String given) {
        String key = given.strip();
        if (!key.matches("[\\x21-\\x7E]{1,4096}")) {
            throw usage("The admin key must be visible ASCII characters without spaces.");
        }
        return key;
    }

    private String content(Path file) {
        try {
            return SmallFile.read(file);
        } catch (IOException e) {
            throw usage("--admin-key-file: cannot read " + file);
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
    ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
