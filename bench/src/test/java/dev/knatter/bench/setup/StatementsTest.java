package dev.knatter.bench.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import dev.knatter.bench.sending.SendStatements;
import dev.knatter.chat.message.Message;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StatementsTest {
  private static final int UTF8_CONSTANT = 1; // JVMS §4.4.7
  /** Where the text of a class puts a value in: java.lang.invoke.StringConcatFactory. */
  private static final String VALUE = "\1";

  /** A statement, and the class of the product that holds it. The class need not tell: its constants do. */
  record Copied(String statement, String from) {}

  static Copied[] copied() {
    return new Copied[]{
        new Copied(SendStatements.SELECT_USER, "account/Usernames"),
        new Copied(SendStatements.INSERT_INBOX, "inbox/Inbox"),
        new Copied(SendStatements.UPDATE_ACTIVITY, "conversation/ConversationActivity"),
        new Copied(SendStatements.INSERT_OUTBOX, "inbox/Outbox"),
        new Copied(SendStatements.INSERT_LANE.replace("outbox_lanes", VALUE), "pending/PendingTable"),
        new Copied(SendStatements.INSERT_MESSAGE, "message/Timeline"),
        new Copied(SendStatements.INSERT_CONVERSATION, "message/ConversationIndex"),
        new Copied(RawStatements.SELECT_PAGE, "page/TimelineStatements"),
        new Copied(RawStatements.SELECT_SLICES, "page/TimelineStatements"),
        new Copied(RawStatements.SELECT_ACCOUNT, "account/Accounts"),
        new Copied(RawStatements.INSERT_SESSION, "account/Logins"),
        new Copied(RawStatements.SELECT_SESSION, "account/SessionRenewal"),
        new Copied(RawStatements.ROTATE, "account/SessionRenewal")};
  }

  @ParameterizedTest
  @MethodSource("copied")
  void statement_isThatOfTheProduct(Copied copied) throws IOException {
    String name = "/dev/knatter/chat/" + copied.from() + ".class";
    try (InputStream in = Message.class.getResourceAsStream(name)) {
      assertThat(in).isNotNull();
      assertThat(latin1(in.readAllBytes())).contains(latin1(constant(copied.statement())));
    }
  }

  /** As a class file holds it, with its length, so that the beginning of a longer one is another. */
  private static byte[] constant(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(UTF8_CONSTANT);
    out.writeUTF(text);
    return bytes.toByteArray();
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
