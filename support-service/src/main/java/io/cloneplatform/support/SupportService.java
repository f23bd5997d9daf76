package io.cloneplatform.support;

import io.cloneplatform.common.bus.Addresses;
import io.cloneplatform.common.bus.Operations;
import io.cloneplatform.common.launch.Node;
import io.cloneplatform.common.launch.OperationsVerticle;
import io.cloneplatform.common.launch.ServiceModule;
import io.cloneplatform.support.chat.ChatReading;
import io.cloneplatform.support.chat.ChatSending;
import io.cloneplatform.support.chat.ConversationLists;
import io.cloneplatform.support.chat.ConversationStore;
import io.cloneplatform.support.chat.MessageStore;
import io.cloneplatform.support.faq.FaqEditing;
import io.cloneplatform.support.faq.FaqReading;
import io.cloneplatform.support.faq.FaqSeed;
import io.cloneplatform.support.faq.FaqStore;
import io.cloneplatform.support.ticket.MemberTickets;
import io.cloneplatform.support.ticket.TicketDesk;
import io.cloneplatform.support.ticket.TicketLists;
import io.cloneplatform.support.ticket.TicketReplies;
import io.cloneplatform.support.ticket.TicketStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;

/** Tickets, chat, and questions with answers: for members and for the admins on the other side. */
public final class SupportService implements ServiceModule {
    @Override
    public String name() {
        return "support";
    }

    @Override
    public Future<Void> deploy(Node node) {
        Operations operations = new Operations(node.writes());
        tickets(operations, node.pool());
        chat(operations, node.pool());
        faq(operations, node.pool());
        return new FaqSeed(node.pool()).plant().compose(planted -> OperationsVerticle.deploy(node, name(), operations));
    }

    private static void tickets(Operations operations, Pool pool) {
        TicketStore store = new TicketStore();
        TicketLists lists = new TicketLists(pool);
        MemberTickets own = new MemberTickets(pool, store, lists);
        TicketDesk desk = new TicketDesk(store, lists);
        TicketReplies replies = new TicketReplies(store);
        operations
                .write(Addresses.SUPPORT_TICKET_CREATE, own::open)
                .read(Addresses.SUPPORT_TICKETS, own::list)
                .read(Addresses.SUPPORT_TICKET_GET, own::get)
                .write(Addresses.SUPPORT_TICKET_REPLY, replies::byMember)
                .write(Addresses.SUPPORT_ADMIN_REPLY, replies::bySupport)
                .read(Addresses.SUPPORT_ADMIN_TICKETS, desk::list)
                .write(Addresses.SUPPORT_ADMIN_STATUS, desk::setStatus);
    }

    private static void chat(Operations operations, Pool pool) {
        ConversationStore conversations = new ConversationStore();
        MessageStore messages = new MessageStore();
        ChatSending sending = new ChatSending(conversations, messages);
        ChatReading reading = new ChatReading(pool, conversations, messages);
        ConversationLists lists = new ConversationLists(pool);
        operations
                .write(Addresses.SUPPORT_CHAT_SEND, sending::byMember)
                .read(Addresses.SUPPORT_CHAT_MESSAGES, reading::byMember)
                .read(Addresses.SUPPORT_CONVERSATIONS, lists::ofMember)
                .write(Addresses.SUPPORT_ADMIN_CHAT_SEND, sending::bySupport)
                .read(Addresses.SUPPORT_ADMIN_CHAT_MESSAGES, reading::bySupport)
                .read(Addresses.SUPPORT_ADMIN_CONVERSATIONS, lists::ofEveryone);
    }

    private static void faq(Operations operations, Pool pool) {
        FaqStore store = new FaqStore();
        FaqReading reading = new FaqReading(pool, store);
        FaqEditing editing = new FaqEditing(store);
        operations
                .read(Addresses.SUPPORT_FAQ, reading::list)
                .read(Addresses.SUPPORT_FAQ_SEARCH, reading::search)
                .write(Addresses.SUPPORT_FAQ_CREATE, editing::create)
                .write(Addresses.SUPPORT_FAQ_UPDATE, editing::update)
                .write(Addresses.SUPPORT_FAQ_DELETE, editing::delete);
    }
}
