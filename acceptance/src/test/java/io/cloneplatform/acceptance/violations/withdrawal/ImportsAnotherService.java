package io.cloneplatform.acceptance.violations.withdrawal;

import io.cloneplatform.acceptance.violations.support.Desk;

/** Breaks a rule, on purpose. */
record ImportsAnotherService(Desk other) {}
