package io.cloneplatform.cli.smoke;

/**
 * One numbered check of the suite.
 *
 * @param group what the check belongs to
 * @param name what it checks
 * @param body does it; returns when all is well, throws {@link CheckFailed} otherwise
 */
record Check(String group, String name, Runnable body) {
    String title() {
        return group + ": " + name;
    }
}
