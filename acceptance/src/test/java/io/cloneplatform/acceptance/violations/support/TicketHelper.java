package io.cloneplatform.acceptance.violations.support;

/** Breaks a rule, on purpose. */
record TicketHelper() {}
