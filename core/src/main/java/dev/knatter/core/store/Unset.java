package dev.knatter.core.store;

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
enum Unset implements TypeCodec<Unset> {
  VALUE;

  @Override
  public ByteBuffer encode(@Nullable Unset value, ProtocolVersion protocol) {
    return ProtocolConstants.UNSET_VALUE;
  }

  @Override
  public Unset decode(@Nullable ByteBuffer bytes, ProtocolVersion protocol) {
    throw new UnsupportedOperationException("is never read");
  }

  @Override
  public GenericType<Unset> getJavaType() {
    return GenericType.of(Unset.class);
  }

  @Override
  public DataType getCqlType() {
    return DataTypes.custom("unset");
  }

  @Override
  public String format(@Nullable Unset value) {
    return "unset";
  }

  @Override
  public Unset parse(@Nullable String text) {
    throw new UnsupportedOperationException("is never written in CQL");
  }
}
