package dev.knatter.client.conversation;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Two people, or a group. */
public enum Kind {
  @JsonProperty("direct")
  DIRECT,
  @JsonProperty("group")
  GROUP,
  /** One that this library does not know. */
  @JsonEnumDefaultValue
  OTHER
}
