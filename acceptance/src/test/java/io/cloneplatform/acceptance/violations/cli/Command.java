package io.cloneplatform.acceptance.violations.cli;

/** Something of the command line, to be imported where it must not be. */
public final class Command {
    private Command() {}
}
