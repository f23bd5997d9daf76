package io.cloneplatform.acceptance.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Hosts on this machine: network namespaces behind one bridge, which they and this process reach each other by. Isolated
 * from each other, hosts still reach the bridge, and what listens there.
 */
final class Hosts implements AutoCloseable {
    /** The bridge's own address. */
    static final String HUB = "10.199.0.1";

    private static final String BRIDGE = "clonebr";

    // In a namespace of its own: what a firewall or Docker does to bridges of this machine is not for this one.
    private static final String SWITCH = "cloneswitch";
    private static final long LIMIT_SECONDS = 10;

    private final int size;

    Hosts(int size) {
        this.size = size;
        close();
        run("ip", "netns", "add", SWITCH);
        run("ip", "-n", SWITCH, "link", "add", BRIDGE, "type", "bridge");
        run("ip", "-n", SWITCH, "link", "set", BRIDGE, "up");
        run("ip", "link", "add", BRIDGE, "type", "veth", "peer", "name", "hub", "netns", SWITCH);
        run("ip", "-n", SWITCH, "link", "set", "hub", "master", BRIDGE, "up");
        run("ip", "address", "add", HUB + "/24", "dev", BRIDGE);
        run("ip", "link", "set", BRIDGE, "up");
        for (int host = 0; host < size; host++) {
            add(host);
        }
    }

    /** Whether this user may make namespaces here. */
    static boolean possible() {
        try {
            return attempt("ip", "netns", "add", "cloneprobe") == 0
                    && attempt("ip", "netns", "delete", "cloneprobe") == 0;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private void add(int host) {
        String name = name(host);
        run("ip", "netns", "add", name);
        run("ip", "-n", SWITCH, "link", "add", link(host), "type", "veth", "peer", "name", "eth0", "netns", name);
        run("ip", "-n", SWITCH, "link", "set", link(host), "master", BRIDGE, "up");
        run("ip", "-n", name, "address", "add", address(host) + "/24", "dev", "eth0");
        run("ip", "-n", name, "link", "set", "eth0", "up");
        run("ip", "-n", name, "link", "set", "lo", "up");
    }

    private static String name(int host) {
        return "clonehost" + host;
    }

    private static String link(int host) {
        return "cloneveth" + host;
    }

    static String address(int host) {
        return "10.199.0." + (host + 11);
    }

    /** What a command begins with that runs on a host. */
    static List<String> on(int host) {
        return List.of("ip", "netns", "exec", name(host));
    }

    /** Cuts the hosts off from each other, or lets them meet again. */
    void isolate(boolean isolated) {
        for (int host = 0; host < size; host++) {
            run("bridge", "-n", SWITCH, "link", "set", "dev", link(host), "isolated", isolated ? "on" : "off");
        }
    }

    /** Lets nothing through to a port of a host, also from the host itself, or lets it through again. */
    void block(int host, int port, boolean blocked) {
        List<String> command = new ArrayList<>(on(host));
        command.addAll(List.of("iptables", blocked ? "-I" : "-D", "INPUT", "-p", "tcp", "--dport"));
        command.addAll(List.of(Integer.toString(port), "-j", "DROP"));
        run(command.toArray(String[]::new));
    }

    private static void run(String... command) {
        if (attempt(command) != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed");
        }
    }

    private static int attempt(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        for (int host = 0; host < size; host++) {
            attempt("ip", "netns", "delete", name(host));
        }
        attempt("ip", "link", "delete", BRIDGE);
        attempt("ip", "netns", "delete", SWITCH);
    }
}
