package io.cloneplatform.cli.imports;

import java.time.Instant;
import java.util.List;

/**
 * Who a member is from here on.
 *
 * @param gender male, female, other or null
 * @param codes usable invitation codes, the one to show first; empty when a new one is needed
 */
record Identity(String email, String username, String name, String gender, Instant createdAt, List<String> codes) {}
