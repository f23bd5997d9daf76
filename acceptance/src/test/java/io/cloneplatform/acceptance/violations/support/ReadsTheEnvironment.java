package io.cloneplatform.acceptance.violations.support;

/** Breaks a rule, on purpose. */
record ReadsTheEnvironment(String key) {
    String value() {
        return System.getenv(key);
    }
}
