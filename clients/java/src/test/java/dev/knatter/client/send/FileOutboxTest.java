package dev.knatter.client.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileOutboxTest {
  private static final UUID USER = UUID.randomUUID();

  @TempDir
  private Path folder;

  @Test
  void folder_isPrivate_andOfOneProgramAtATime() throws Exception {
    try (FileOutbox outbox = FileOutbox.openIn(folder); FileOutbox second = FileOutbox.openIn(folder)) {
      second.add(USER, Draft.to("ada", "left behind"));
      assertThat(outbox.entries()).isEmpty();
      assertThatThrownBy(() -> FileOutbox.open(folder.resolve("0")))
        .isInstanceOf(IllegalStateException.class);
      try (Stream<Path> all = Files.walk(folder.resolve("1"))) {
        assertThat(all.filter(Files::isRegularFile).filter(file -> file.toString().endsWith(".json")))
          .hasSize(1)
          .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------"));
      }
    }
    try (FileOutbox next = FileOutbox.openIn(folder)) {
      assertThat(next.entries()).extracting(entry -> entry.draft().content()).containsExactly("left behind");
      assertThat(next.add(USER, Draft.to("ada", "later")).number()).isEqualTo(2);
    }
  }

  @Test
  void entries_comeBackInTheirOrder_withTheirClientIds() {
    UUID clientId = UUID.randomUUID();
    try (FileOutbox outbox = FileOutbox.open(folder)) {
      for (int i = 0; i < 12; i++) {
        outbox.add(USER, Draft.in(USER, "message " + i).replyTo(clientId));
      }
      outbox.update(outbox.entries().get(3).under(clientId));
      outbox.remove(outbox.entries().get(0));
    }
    try (FileOutbox again = FileOutbox.open(folder)) {
      assertThat(again.entries()).hasSize(11)
        .extracting(OutboxEntry::number)
        .isSorted();
      assertThat(again.entries().get(2).clientId()).isEqualTo(clientId);
      assertThat(again.entries().get(2).draft()).isEqualTo(Draft.in(USER, "message 3").replyTo(clientId));
    }
  }

  @Test
  void damagedFile_isNotSkipped() throws Exception {
    try (FileOutbox outbox = FileOutbox.open(folder)) {
      outbox.add(USER, Draft.to("ada", "whole"));
      Files.writeString(folder.resolve("0000000000000000001.json"), "{");
      assertThatThrownBy(outbox::entries).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("0000000000000000001.json");
    }
  }
}
