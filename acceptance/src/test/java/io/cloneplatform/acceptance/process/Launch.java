package io.cloneplatform.acceptance.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a process is started, as often as needed.
 *
 * @param command the program and its arguments
 * @param settings its environment; what else it inherits is not about the platform
 */
record Launch(List<String> command, Map<String, String> settings) {
    private static final List<String> SMALL_AND_QUICK =
            List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /** {@code java -jar} of a module, on free ports of 127.0.0.1. */
    static Launch jar(String module, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SMALL_AND_QUICK);
        command.add("-jar");
        command.add(Repository.jar(module).toString());
        command.addAll(List.of(arguments));
        return new Launch(command, Map.of()).onFreePorts();
    }

    /** The root script, on free ports of 127.0.0.1. */
    static Launch clonectl(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Repository.root().resolve("clonectl").toString());
        command.addAll(List.of(arguments));
        return new Launch(command, Map.of()).onFreePorts();
    }

    /** The same of what another checkout has built. */
    Launch from(Path checkout) {
        List<String> all = new ArrayList<>(command);
        all.replaceAll(part -> {
            Path path = Path.of(part);
            int names = path.getNameCount();
            return part.endsWith(".jar")
                    ? checkout.resolve(path.subpath(names - 3, names)).toString()
                    : part;
        });
        return new Launch(all, settings);
    }

    private Launch onFreePorts() {
        return with(
                "HTTP_PORT", Integer.toString(FreePorts.next()), "MANAGEMENT_PORT", Integer.toString(FreePorts.next()));
    }

    /** The same on another host, serving at its address. */
    Launch on(List<String> prefix, String address) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(command);
        return new Launch(all, settings).with("HTTP_HOST", address);
    }

    /** The same with more settings, given as key, value, key, value. */
    Launch with(String... more) {
        Map<String, String> all = new HashMap<>(settings);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return new Launch(command, Map.copyOf(all));
    }

    int port(String variable) {
        return Integer.parseInt(settings.get(variable));
    }

    private String host() {
        return settings.getOrDefault("HTTP_HOST", "127.0.0.1");
    }

    /** Where it serves clients. */
    Api api() {
        return new Api("http://" + host() + ":" + port("HTTP_PORT"));
    }

    /** Where it serves operators. */
    Api management() {
        return new Api("http://" + host() + ":" + port("MANAGEMENT_PORT"));
    }

    /** Whether it is what an operator types, who sees tokens in the answers of curl. */
    boolean isShell() {
        return command.get(0).equals("sh");
    }

    PlatformProcess start() {
        return PlatformProcess.start(this);
    }
}
