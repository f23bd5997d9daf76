package io.cloneplatform.common.kv;

/** Keys of the shared table (contract, section 4). A prefix ends with a colon; its range ends before {@link #end}. */
public final class Keys {
    private Keys() {}

    /** {@code user:<id>}. */
    public static String user(Object id) {
        return "user:" + id;
    }

    /** {@code withdrawal:<userId>:<id>}. */
    public static String withdrawal(Object userId, Object id) {
        return "withdrawal:" + userId + ":" + id;
    }

    /** {@code product:<userId>:<id>}. */
    public static String product(Object userId, Object id) {
        return "product:" + userId + ":" + id;
    }

    /** {@code referral:<parentId>:<childId>}. */
    public static String referral(Object parentId, Object childId) {
        return "referral:" + parentId + ":" + childId;
    }

    /** {@code invitecode:<CODE>}. */
    public static String inviteCode(String code) {
        return "invitecode:" + code;
    }

    /** {@code bonus:<userId>:<bonusId>}. */
    public static String bonus(Object userId, String bonusId) {
        return "bonus:" + userId + ":" + bonusId;
    }

    /** {@code premium:<userId>:<id>}. */
    public static String premium(Object userId, Object id) {
        return "premium:" + userId + ":" + id;
    }

    /** {@code session:<id>}. */
    public static String session(Object id) {
        return "session:" + id;
    }

    /** {@code admin:<id>}. */
    public static String admin(Object id) {
        return "admin:" + id;
    }

    /** {@code ticket:<id>}. */
    public static String ticket(Object id) {
        return "ticket:" + id;
    }

    /** {@code conversation:<id>}. */
    public static String conversation(Object id) {
        return "conversation:" + id;
    }

    /** {@code message:<conversationId>:<id>}. */
    public static String message(Object conversationId, Object id) {
        return "message:" + conversationId + ":" + id;
    }

    /** {@code faq:<id>}. */
    public static String faq(Object id) {
        return "faq:" + id;
    }

    /**
     * The exclusive end of a prefix: {@code key >= prefix AND key < end(prefix)} reads exactly its keys by the primary
     * key, also as query parameters, where LIKE could not.
     */
    public static String end(String prefix) {
        int last = prefix.length() - 1;
        return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
    }
}
