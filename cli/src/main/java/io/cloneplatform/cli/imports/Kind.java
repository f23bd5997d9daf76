package io.cloneplatform.cli.imports;

/** What a legacy record is, by its key. */
enum Kind {
    USER,
    PROFITS,
    BONUSES,
    CODE,
    REFERRAL,
    WITHDRAWAL,
    PRODUCT,
    WITHDRAWAL_QUEUE,
    TICKET,
    TICKET_QUEUE,
    CONVERSATION,
    CONVERSATION_QUEUE,
    MESSAGE_QUEUE,
    MESSAGE,
    FAQ,
    DUPLICATE,
    OTHER
}
