package dev.knatter.client.conversation;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.knatter.client.api.Api;
import dev.knatter.client.http.Call;
import dev.knatter.client.http.NoAnswerException;
import dev.knatter.client.http.ProblemException;
import dev.knatter.client.http.SessionEndedException;
import org.jspecify.annotations.Nullable;

/**
 * Groups, and the list of the caller's conversations. Each change is made once, however often it has to be sent: it goes under
 * a key of its own. Where {@code ifVersion} is not null, a group that has another version is not changed
 * ({@code precondition-failed}).
 *
 * <p>
 * Every method throws {@link ProblemException} where the server refuses, {@link NoAnswerException} where no answer comes, and
 * {@link SessionEndedException} where somebody must log in first.
 */
public final class Conversations {
  private static final String PATH = "/v1/conversations";

  private final Api api;

  public Conversations(Api api) {
    this.api = api;
  }

  public Conversation create(NewGroup group) {
    return api.read(Call.post(PATH, group).expecting(201).once(), Conversation.class);
  }

  /**
   * @param limit 1 to 100
   * @param before the {@code next} of the page before; null for the first one
   */
  public ConversationPage page(int limit, @Nullable String before) {
    return api.read(Call.get(PATH).query("limit", limit).query("before", before), ConversationPage.class);
  }

  public Conversation get(UUID id) {
    return api.read(Call.get(of(id, "")), Conversation.class);
  }

  public Conversation rename(UUID id, String name, @Nullable Integer ifVersion) {
    return change(id, Map.of("name", name), ifVersion);
  }

  /** @param days how many days messages live that are sent from now on; 0 for ever */
  public Conversation retain(UUID id, int days, @Nullable Integer ifVersion) {
    return change(id, Map.of("retentionDays", days), ifVersion);
  }

  private Conversation change(UUID id, Map<String, Object> body, @Nullable Integer ifVersion) {
    return api.read(guarded(Call.patch(of(id, ""), body), ifVersion), Conversation.class);
  }

  public void delete(UUID id, @Nullable Integer ifVersion) {
    api.run(guarded(Call.delete(of(id, "")), ifVersion));
  }

  /** @param after the {@code next} of the page before; null for the first one */
  public MemberPage members(UUID id, int limit, @Nullable String after) {
    return api.read(Call.get(of(id, "/members")).query("limit", limit).query("after", after),
        MemberPage.class);
  }

  /**
   * Adds members. Who is one already stays as they are.
   *
   * @param usernames 1 to 64
   * @param role {@link Role#MODERATOR}, or null for a member
   */
  public Conversation add(UUID id, List<String> usernames, @Nullable Role role, @Nullable Integer ifVersion) {
    Call call = Call.post(of(id, "/members"), new NewMembers(usernames, role)).expecting(200, 201);
    return api.read(guarded(call, ifVersion), Conversation.class);
  }

  private record NewMembers(List<String> usernames, @Nullable Role role) {}

  public Conversation setRole(UUID id, String username, Role role, @Nullable Integer ifVersion) {
    return api.read(guarded(Call.patch(member(id, username), Map.of("role", role)), ifVersion),
        Conversation.class);
  }

  /** Removes somebody; with one's own name, leaves. */
  public void remove(UUID id, String username, @Nullable Integer ifVersion) {
    api.run(guarded(Call.delete(member(id, username)), ifVersion));
  }

  public void mute(UUID id) {
    api.run(Call.put(of(id, "/mute"), null));
  }

  public void unmute(UUID id) {
    api.run(Call.delete(of(id, "/mute")));
  }

  /** How far the others have read, in groups of up to 64. */
  public List<Receipt> receipts(UUID id) {
    return List.copyOf(api.read(Call.get(of(id, "/receipts")), Receipts.class).receipts());
  }

  private record Receipts(List<Receipt> receipts) {}

  private static String of(UUID id, String more) {
    return PATH + "/" + id + more;
  }

  private static String member(UUID id, String username) {
    return Call.path(of(id, "/members/"), username, "");
  }

  private static Call guarded(Call command, @Nullable Integer ifVersion) {
    return command.once().header("If-Match", ifVersion == null ? null : "\"" + ifVersion + "\"");
  }
}
