package io.cloneplatform.auth.account;

/**
 * One record of an export.
 *
 * @param at its place within the section
 * @param json as the member gets it
 */
record ExportRecord(Section section, String at, String json) {
    /** What {@link Place#parse} reads. */
    String place() {
        return section.field() + "|" + at;
    }
}
