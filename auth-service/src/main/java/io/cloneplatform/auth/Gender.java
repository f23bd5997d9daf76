package io.cloneplatform.auth;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A member's gender, where they told it. */
public enum Gender {
    @JsonProperty("male")
    MALE,
    @JsonProperty("female")
    FEMALE,
    @JsonProperty("other")
    OTHER
}
