package io.cloneplatform.common.config;

import java.util.List;

/** Everything that is wrong with the configuration, by key, at once. */
public final class ConfigException extends RuntimeException {
    public ConfigException(List<String> problems) {
        super("The configuration is not valid:\n  " + String.join("\n  ", problems));
    }
}
