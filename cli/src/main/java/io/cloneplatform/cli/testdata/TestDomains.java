package io.cloneplatform.cli.testdata;

import java.util.List;
import java.util.Locale;

/**
 * Domains that RFC 2606 reserves for tests: nobody can receive mail there, so that nobody is a member by it.
 */
final class TestDomains {
    private static final List<String> DOMAINS = List.of("example.com", "example.net", "example.org");
    private static final List<String> TOP_LEVEL = List.of(".example", ".test", ".invalid", ".localhost");

    private TestDomains() {}

    /** What to search for, to meet all of them. */
    static List<String> searches() {
        return List.of("@example.", ".example", ".test", ".invalid", ".localhost");
    }

    /** Whether an address is in one of them. */
    static boolean contain(String email) {
        String domain = email.substring(email.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        return email.contains("@")
                && (DOMAINS.contains(domain) || TOP_LEVEL.stream().anyMatch(domain::endsWith));
    }
}
