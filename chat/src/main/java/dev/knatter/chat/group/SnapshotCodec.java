package dev.knatter.chat.group;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.knatter.chat.conversation.HistoryPolicy;
import dev.knatter.chat.conversation.LongestRetention;
import dev.knatter.chat.conversation.Role;
import org.jspecify.annotations.Nullable;

/** A state as bytes: about 50 for each member. The first byte is the format, so that another release can have another. */
final class SnapshotCodec {
  private static final int FORMAT = 2;
  private static final long NEVER = Long.MIN_VALUE;

  private SnapshotCodec() {}

  static ByteBuffer encode(GroupState state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeInt(state.version());
      out.writeUTF(state.name());
      out.writeLong(state.createdAt().toEpochMilli());
      out.writeUTF(state.history().text());
      out.writeInt(state.retentionDays());
      out.writeInt(state.longest().days());
      out.writeInt(state.joins());
      out.writeLong(state.deletedAt() == null ? NEVER : state.deletedAt().toEpochMilli());
      out.writeInt(state.members().size());
      for (GroupMember member : state.members().values()) {
        write(out, member.user());
        out.writeUTF(member.role().text());
        out.writeInt(member.joinedVersion());
        out.writeLong(member.joinedAt().toEpochMilli());
        out.writeBoolean(member.floor() != null);
        if (member.floor() != null) {
          write(out, member.floor());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  /** The state; empty if another release wrote it. Then it is made from the events. */
  static Optional<GroupState> decode(UUID id, ByteBuffer encoded) {
    byte[] bytes = new byte[encoded.remaining()];
    encoded.duplicate().get(bytes);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return in.readByte() == FORMAT ? Optional.of(state(id, in)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GroupState state(UUID id, DataInputStream in) throws IOException {
    int version = in.readInt();
    String name = in.readUTF();
    Instant createdAt = Instant.ofEpochMilli(in.readLong());
    HistoryPolicy history = HistoryPolicy.of(in.readUTF()).orElseThrow();
    int retentionDays = in.readInt();
    LongestRetention longest = new LongestRetention(in.readInt());
    int joins = in.readInt();
    long deletedAt = in.readLong();
    Map<UUID, GroupMember> members = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      UUID user = readUuid(in);
      Role role = Role.of(in.readUTF()).orElseThrow();
      members.put(user,
          new GroupMember(user, role, in.readInt(), Instant.ofEpochMilli(in.readLong()), floor(in)));
    }
    return new GroupState(id, version, name, createdAt, history, retentionDays, longest,
        Collections.unmodifiableMap(members), joins,
        deletedAt == NEVER ? null : Instant.ofEpochMilli(deletedAt));
  }

  private static @Nullable UUID floor(DataInputStream in) throws IOException {
    return in.readBoolean() ? readUuid(in) : null;
  }

  private static void write(DataOutputStream out, UUID id) throws IOException {
    out.writeLong(id.getMostSignificantBits());
    out.writeLong(id.getLeastSignificantBits());
  }

  private static UUID readUuid(DataInputStream in) throws IOException {
    return new UUID(in.readLong(), in.readLong());
  }
}
