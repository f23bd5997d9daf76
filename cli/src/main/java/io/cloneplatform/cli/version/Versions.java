package io.cloneplatform.cli.version;

import io.cloneplatform.common.db.Schema;
import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The versions that matter when something is reported: of the platform, of its schema, and of the Java it runs on. */
public final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String platform = Optional.ofNullable(Versions.class.getPackage().getImplementationVersion())
                .orElse("not packaged");
        return new String[] {
            "Clone Platform " + platform,
            "Schema         " + Schema.VERSION,
            "Java           " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
        };
    }
}
