package io.cloneplatform.acceptance.violations.auth;

import io.cloneplatform.acceptance.violations.gateway.Front;

/** Breaks a rule, on purpose. */
record ImportsTheGateway(Front other) {}
