package dev.knatter.shared.store;

import java.nio.ByteBuffer;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import com.datastax.oss.driver.api.core.type.reflect.GenericType;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import org.jspecify.annotations.Nullable;

/**
 * In the place of a value: leaves its column untouched (CQL binary protocol 5, §3, {@code [value]}: a length of −2). The driver
 * knows that of prepared statements alone; as a value with a codec of its own it goes into others too.
 */
enum UnsetValues implements TypeCodec<UnsetValues> {
  VALUE;

  @Override
  public ByteBuffer encode(@Nullable UnsetValues value, ProtocolVersion protocol) {
    return ProtocolConstants.UNSET_VALUE;
  }

  @Override
  public UnsetValues decode(@Nullable ByteBuffer bytes, ProtocolVersion protocol) {
    throw new UnsupportedOperationException("is never read");
  }

  @Override
  public GenericType<UnsetValues> getJavaType() {
    return GenericType.of(UnsetValues.class);
  }

  @Override
  public DataType getCqlType() {
    return DataTypes.custom("unset");
  }

  @Override
  public String format(@Nullable UnsetValues value) {
    return "unset";
  }

  @Override
  public UnsetValues parse(@Nullable String text) {
    throw new UnsupportedOperationException("is never written in CQL");
  }
}
