package io.cloneplatform.acceptance.contract;

import io.cloneplatform.acceptance.contract.World.Member;
import java.util.Map;
import java.util.TreeMap;

/**
 * A member who has something of everything, and another one who is after it.
 *
 * @param mark what stands in everything that the owner wrote
 * @param things ids of what the owner has, by what it is
 */
record Estate(String mark, Member owner, Member thief, Map<String, String> things) {
    static Estate of(World world) {
        String mark = World.unique("secret");
        Map<String, String> things = new TreeMap<>();
        Member owner = world.memberWith("100");
        Member thief = world.memberWith("100");
        String bodyOf = "{'subject': '%1$s', 'message': '%1$s'}".formatted(mark);
        things.put(
                "ticket",
                world.as(owner, "POST", "/support-tickets", bodyOf)
                        .at("/ticket/id")
                        .asText());
        things.put(
                "conversation",
                world.as(
                                owner,
                                "POST",
                                "/chat/messages",
                                "{'message': '" + mark + "', 'conversationId': 'talk-" + mark + "'}")
                        .at("/message/conversationId")
                        .asText());
        things.put(
                "default conversation",
                world.as(owner, "POST", "/chat/messages", "{'message': '" + mark + "'}")
                        .at("/message/conversationId")
                        .asText());
        things.put("withdrawal", world.withdrawal(owner));
        things.put("submission", world.pendingSubmission(owner));
        things.put("member", owner.id());
        things.put("invitation code", owner.invitationCode());
        world.ticket(thief);
        world.conversation(thief);
        return new Estate(mark, owner, thief, things);
    }
}
