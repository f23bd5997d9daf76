package io.cloneplatform.support.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TicketEventTest {
    @ParameterizedTest
    @EnumSource(TicketStatus.class)
    void everyStateCanBeReachedLeftAndSet(TicketStatus status) {
        Set<TicketStatus> reachable = new HashSet<>();
        boolean canBeLeft = false;
        for (TicketEvent event : TicketEvent.values()) {
            for (TicketStatus from : TicketStatus.values()) {
                event.from(from).filter(to -> to != from).ifPresent(reachable::add);
            }
            canBeLeft |= event.from(status).filter(to -> to != status).isPresent();
        }
        assertThat(reachable).contains(status);
        assertThat(canBeLeft).isTrue();
        assertThat(TicketEvent.setting(status).from(status)).contains(status);
    }

    @ParameterizedTest
    @EnumSource(TicketEvent.class)
    void theJsonOfAnEventHasExactlyItsEdges(TicketEvent event) {
        var json = io.cloneplatform.common.json.Json.read(event.json());
        for (TicketStatus from : TicketStatus.values()) {
            assertThat(json.path(from.text()).asText())
                    .isEqualTo(event.from(from).map(TicketStatus::text).orElse(""));
        }
    }

    @Test
    void aClosedTicketTakesNoRepliesAndOnlyReopeningLeadsOut() {
        for (TicketEvent event : TicketEvent.values()) {
            switch (event) {
                case REOPEN -> assertThat(event.from(TicketStatus.CLOSED)).contains(TicketStatus.OPEN);
                case CLOSE -> assertThat(event.from(TicketStatus.CLOSED)).contains(TicketStatus.CLOSED);
                default -> assertThat(event.from(TicketStatus.CLOSED)).isEmpty();
            }
        }
    }
}
