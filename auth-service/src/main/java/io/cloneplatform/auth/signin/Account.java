package io.cloneplatform.auth.signin;

import io.cloneplatform.auth.token.Subject;

/**
 * An account that may sign in.
 *
 * @param subject whom its sessions stand for
 * @param passwordHash hash of its password
 * @param answer how the answer to signing in shows it
 */
public record Account(Subject subject, String passwordHash, Object answer) {}
