package io.cloneplatform.common.bus;

import java.util.List;

/** Every address of the event bus: the operations of each service, named as in the OpenAPI document. */
public final class Addresses {
    public static final String AUTH_SIGNUP = "auth.signup";
    public static final String AUTH_SIGNIN = "auth.signin";
    public static final String AUTH_REFRESH = "auth.refresh";
    public static final String AUTH_ADMIN_LOGIN = "auth.admin-login";
    public static final String AUTH_ACCOUNT_DELETE = "auth.account.delete";
    public static final String AUTH_ACCOUNT_EXPORT = "auth.account.export";
    public static final String AUTH_PROFILE_GET = "auth.profile.get";
    public static final String AUTH_PROFILE_UPDATE = "auth.profile.update";
    public static final String AUTH_SIGNOUT = "auth.signout";
    public static final String AUTH_PASSWORD_CHANGE = "auth.password.change";
    public static final String AUTH_WITHDRAWAL_PASSWORD_SET = "auth.withdrawal-password.set";
    public static final String AUTH_VIP_TIER_REFUSE = "auth.vip-tier.refuse";
    public static final String AUTH_USERS_LIST = "auth.users.list";
    public static final String AUTH_USERS_GET = "auth.users.get";
    public static final String AUTH_USERS_DELETE = "auth.users.delete";
    public static final String AUTH_USERS_PASSWORD = "auth.users.password";
    public static final String AUTH_ACCOUNTS_LIST = "auth.accounts.list";
    public static final String AUTH_ACCOUNTS_CREATE = "auth.accounts.create";
    public static final String AUTH_ACCOUNTS_UPDATE = "auth.accounts.update";
    public static final String AUTH_ACCOUNTS_PASSWORD = "auth.accounts.password";
    public static final String AUTH_ACCOUNTS_REVOKE = "auth.accounts.revoke";
    public static final String AUTH_AUDIT_LIST = "auth.audit.list";
    public static final String AUTH_ACTIVITY = "auth.activity";
    public static final String AUTH_DENIED = "auth.denied";
    public static final String AUTH_SECOND_FACTOR_ENROL = "auth.second-factor.enrol";
    public static final String AUTH_SECOND_FACTOR_CONFIRM = "auth.second-factor.confirm";
    public static final String AUTH_SECOND_FACTOR_REMOVE = "auth.second-factor.remove";
    public static final String AUTH_ACCOUNTS_SECOND_FACTOR_REMOVE = "auth.accounts.second-factor-remove";
    public static final String AUTH_TRUST = "auth.trust";
    public static final String AUTH_JWKS = "auth.jwks";

    public static final String EARNINGS_SUBMIT = "earnings.submit";
    public static final String EARNINGS_PRODUCTS = "earnings.products";
    public static final String EARNINGS_STATEMENT = "earnings.statement";
    public static final String EARNINGS_USER_STATEMENT = "earnings.user-statement";
    public static final String EARNINGS_SUMMARY = "earnings.summary";
    public static final String EARNINGS_MULTILEVEL = "earnings.multilevel";
    public static final String EARNINGS_REFERRALS = "earnings.referrals";
    public static final String EARNINGS_ANALYTICS = "earnings.analytics";
    public static final String EARNINGS_NETWORK = "earnings.network";
    public static final String EARNINGS_LEADERBOARD = "earnings.leaderboard";
    public static final String EARNINGS_MONTHLY_REPORT = "earnings.monthly-report";
    public static final String EARNINGS_BONUSES = "earnings.bonuses";
    public static final String EARNINGS_BONUS_CLAIM = "earnings.bonus-claim";
    public static final String EARNINGS_BONUS_HISTORY = "earnings.bonus-history";
    public static final String EARNINGS_SUBMISSIONS = "earnings.submissions";
    public static final String EARNINGS_SUBMISSION_APPROVE = "earnings.submission-approve";
    public static final String EARNINGS_SUBMISSION_REJECT = "earnings.submission-reject";
    public static final String EARNINGS_VIP_TIER = "earnings.vip-tier";
    public static final String EARNINGS_ADJUST_BALANCE = "earnings.adjust-balance";
    public static final String EARNINGS_FUNDING = "earnings.funding";
    public static final String EARNINGS_REVERSE = "earnings.reverse";
    public static final String EARNINGS_TRANSACTIONS = "earnings.transactions";
    public static final String EARNINGS_METRICS = "earnings.metrics";
    public static final String EARNINGS_LEDGER_VERIFY = "earnings.ledger-verify";

    public static final String WITHDRAWAL_REQUEST = "withdrawal.request";
    public static final String WITHDRAWAL_HISTORY = "withdrawal.history";
    public static final String WITHDRAWAL_CANCEL = "withdrawal.cancel";
    public static final String WITHDRAWAL_REVIEW_QUEUE = "withdrawal.review-queue";
    public static final String WITHDRAWAL_APPROVE = "withdrawal.approve";
    public static final String WITHDRAWAL_DENY = "withdrawal.deny";

    public static final String PREMIUM_GET = "premium.get";
    public static final String PREMIUM_ACCEPT = "premium.accept";
    public static final String PREMIUM_DECLINE = "premium.decline";
    public static final String PREMIUM_ASSIGN = "premium.assign";
    public static final String PREMIUM_LIST = "premium.list";
    public static final String PREMIUM_ANALYTICS = "premium.analytics";
    public static final String PREMIUM_REVOKE = "premium.revoke";
    public static final String PREMIUM_REFRESH_CACHE = "premium.refresh-cache";
    public static final String PREMIUM_FREEZE = "premium.freeze";
    public static final String PREMIUM_UNFREEZE = "premium.unfreeze";

    public static final String SUPPORT_TICKET_CREATE = "support.ticket-create";
    public static final String SUPPORT_TICKETS = "support.tickets";
    public static final String SUPPORT_TICKET_GET = "support.ticket-get";
    public static final String SUPPORT_TICKET_REPLY = "support.ticket-reply";
    public static final String SUPPORT_CHAT_SEND = "support.chat-send";
    public static final String SUPPORT_CHAT_MESSAGES = "support.chat-messages";
    public static final String SUPPORT_CONVERSATIONS = "support.conversations";
    public static final String SUPPORT_FAQ = "support.faq";
    public static final String SUPPORT_FAQ_SEARCH = "support.faq-search";
    public static final String SUPPORT_ADMIN_TICKETS = "support.admin-tickets";
    public static final String SUPPORT_ADMIN_REPLY = "support.admin-reply";
    public static final String SUPPORT_ADMIN_STATUS = "support.admin-status";
    public static final String SUPPORT_ADMIN_CONVERSATIONS = "support.admin-conversations";
    public static final String SUPPORT_ADMIN_CHAT_MESSAGES = "support.admin-chat-messages";
    public static final String SUPPORT_ADMIN_CHAT_SEND = "support.admin-chat-send";
    public static final String SUPPORT_FAQ_CREATE = "support.faq-create";
    public static final String SUPPORT_FAQ_UPDATE = "support.faq-update";
    public static final String SUPPORT_FAQ_DELETE = "support.faq-delete";

    /** Event: a session was revoked; the message is its id. */
    public static final String EVENT_SESSION_REVOKED = "event.session-revoked";

    /** Event: a process is about to stop and wants no more requests; the message is its id in the cluster. */
    public static final String EVENT_LEAVING = "event.leaving";

    private static final List<String> SERVICES = List.of("auth", "earnings", "withdrawal", "premium", "support");

    private Addresses() {}

    /** Every service, named by the first word of its operations' addresses. */
    public static List<String> services() {
        return SERVICES;
    }

    /** The service that an operation belongs to. */
    public static String service(String operation) {
        return operation.substring(0, operation.indexOf('.'));
    }

    /** The operation of each service that answers whether it can serve. */
    public static String health(String service) {
        return service + ".health";
    }

    /** The address by which a cluster knows who serves a service; nobody sends to it. */
    public static String serving(String service) {
        return "serving." + service;
    }

    /** The address of a service in one process of a cluster, for every operation of it. */
    public static String direct(String service, String nodeId) {
        return service + "@" + nodeId;
    }

    /** The address on which a process of a cluster says that others reach it. */
    public static String probe(String nodeId) {
        return "probe@" + nodeId;
    }
}
