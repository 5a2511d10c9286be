package dev.knatter.client.conversation;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What new members of a group see of the past. */
public enum History {
  @JsonProperty("all")
  ALL,
  @JsonProperty("since-joining")
  SINCE_JOINING,
  /** Something that this library does not know. */
  @JsonEnumDefaultValue
  OTHER
}
