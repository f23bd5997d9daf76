package io.cloneplatform.earnings.verify;

/** The check of the journal against the chain of hashes that was made when its rows were new. */
final class SealCheck {
    private SealCheck() {}

    static final String JOURNAL_IS_AS_SEALED =
            "SELECT subject, to_jsonb(expected) AS expected, to_jsonb(actual) AS actual FROM ledger_seal_findings()";
}
