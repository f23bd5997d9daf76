package io.cloneplatform.standalone.demo;

import io.cloneplatform.common.bus.Caller;

/** Who plays in the demo, on four levels: Ada invited Ben and Finn, Ben invited Cleo, and Cleo invited Dan and Eve. */
record Cast(Member ada, Member ben, Member cleo, Member dan, Member eve, Member finn) {
    /** One of them, with the code to invite others. */
    record Member(String id, String name, String code) {
        Caller caller() {
            return DemoCalls.member(id, name);
        }
    }
}
