package io.cloneplatform.acceptance.violations.support;

import io.cloneplatform.acceptance.violations.cli.Command;

/** Breaks a rule, on purpose. */
record ImportsTheCli(Command other) {}
