package io.cloneplatform.acceptance.violations.premium;

import io.cloneplatform.acceptance.violations.standalone.Everything;

/** Breaks a rule, on purpose. */
record ImportsStandalone(Everything other) {}
