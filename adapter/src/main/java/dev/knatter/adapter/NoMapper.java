package dev.knatter.adapter;

import java.lang.reflect.Type;

import org.springframework.cloud.function.json.JsonMapper;

/**
 * What the catalog would convert with: its constructor wants one. It is never asked, since every handle skips both
 * conversions.
 */
final class NoMapper extends JsonMapper {

  @Override
  @SuppressWarnings("TypeParameterUnusedInFormals") // as it is overridden
  protected <T> T doFromJson(Object json, Type type) {
    throw new UnsupportedOperationException("Input comes bound");
  }

  @Override
  public String toString(Object value) {
    throw new UnsupportedOperationException("The adapter writes what is answered");
  }
}
