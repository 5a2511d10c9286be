package dev.knatter.bench.sending;

/** The statements of the product's send, word by word; a test holds them against its classes. */
public final class SendStatements {
  public static final String SELECT_USER = "SELECT user_id FROM accounts WHERE username = ?";
  public static final String INSERT_INBOX = "INSERT INTO inbox (user_id, month, position, conversation_id, id)"
      + " VALUES (?, ?, ?, ?, ?) USING TTL ?";
  public static final String INSERT_OUTBOX = "INSERT INTO outbox (bucket, lane, position, conversation_id, id, members)"
      + " VALUES (?, ?, ?, ?, ?, ?) USING TIMESTAMP ? AND TTL ?";
  public static final String UPDATE_ACTIVITY = "UPDATE conversations_by_user USING TIMESTAMP ? SET activity = ?"
      + " WHERE user_id = ? AND conversation_id = ?";
  public static final String INSERT_LANE = "INSERT INTO outbox_lanes (bucket, lane) VALUES (?, ?)";
  public static final String INSERT_MESSAGE = "INSERT INTO timeline (conversation_id, slice, id, sender, recipient,"
      + " content, content_type, reply_to, key_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ? AND TTL ?";
  public static final String INSERT_CONVERSATION = "INSERT INTO conversations (conversation_id, kind, members, slice)"
      + " VALUES (?, ?, ?, ?)";

  private SendStatements() {}
}
