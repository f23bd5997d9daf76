package io.cloneplatform.auth.activity;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What members are told that happened to their account: the recorded action, and a sentence about it. */
enum Kind {
    SIGNED_IN("signed-in", "Somebody signed in with your password."),
    SIGNED_OUT("signed-out", "You signed out."),
    SIGN_IN_LOCKED("sign-in-locked", "Signing in was paused after too many wrong passwords."),
    SESSION_REVOKED("session-revoked", "A session was ended."),
    SESSIONS_REVOKED("sessions-revoked", "Sessions were ended."),
    REFRESH_TOKEN_REUSED("refresh-token-reused", "A session was ended because its key was used twice."),
    PASSWORD_CHANGED("password-changed", "Your password was changed."),
    PASSWORD_RESET_REQUESTED("password-reset-requested", "A new password was asked for."),
    PASSWORD_RESET("password-reset", "Your password was reset."),
    PASSWORD_SET("auth.users.password", "Your password was set by support, and your sessions were ended."),
    EMAIL_CHANGED("email-changed", "Your e-mail address was changed."),
    WITHDRAWAL_PASSWORD_CHANGED("withdrawal-password-changed", "Your withdrawal password was changed."),
    WITHDRAWAL_PASSWORD_LOCKED("withdrawal-password-locked", "Your withdrawal password was locked after wrong ones."),
    WITHDRAWAL_PASSWORD_RESET("withdrawal-password-reset", "Your withdrawal password was reset through support."),
    ACCOUNT_EXPORTED("account-exported", "Your data was exported."),
    FROZEN("premium.freeze", "New withdrawals were paused by a hold."),
    UNFROZEN("premium.unfreeze", "The hold on new withdrawals was ended."),
    FREEZE_BEGAN("freeze-began", "New withdrawals are paused by an accepted premium product; declining it ends that."),
    FREEZE_ENDED("freeze-ended", "New withdrawals are possible again."),
    PREMIUM_OFFERED("premium.assign", "A premium product was offered to you."),
    PREMIUM_REVOKED("premium.revoke", "A premium product was taken back."),
    WITHDRAWAL_APPROVED("withdrawal.approve", "A withdrawal was approved."),
    WITHDRAWAL_DENIED("withdrawal.deny", "A withdrawal was denied; its amount is available again."),
    TIER_SET("earnings.vip-tier", "Your tier was set."),
    BALANCE_ADJUSTED("earnings.adjust-balance", "Your balance was adjusted."),
    TRANSFER_REVERSED("earnings.reverse", "A transfer on your account was reversed."),
    SUBMISSION_APPROVED("earnings.submission-approve", "A submission was approved."),
    SUBMISSION_REJECTED("earnings.submission-reject", "A submission was rejected.");

    /** What is recorded when this happens. */
    final String action;

    final String message;

    Kind(String action, String message) {
        this.action = action;
        this.message = message;
    }

    /** The recorded actions of all kinds. */
    static List<String> actions() {
        return Arrays.stream(values()).map(kind -> kind.action).toList();
    }

    static Optional<Kind> of(String action) {
        return Arrays.stream(values())
                .filter(kind -> kind.action.equals(action))
                .findFirst();
    }

    /** How clients name it. */
    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
