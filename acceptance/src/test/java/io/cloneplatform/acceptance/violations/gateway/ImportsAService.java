package io.cloneplatform.acceptance.violations.gateway;

import io.cloneplatform.acceptance.violations.support.Desk;

/** Breaks a rule, on purpose. */
record ImportsAService(Desk other) {}
