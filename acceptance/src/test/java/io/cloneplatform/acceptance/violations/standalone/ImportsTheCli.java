package io.cloneplatform.acceptance.violations.standalone;

import io.cloneplatform.acceptance.violations.cli.Command;

/** Breaks a rule, on purpose. */
record ImportsTheCli(Command other) {}
