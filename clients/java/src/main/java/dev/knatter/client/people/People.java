package dev.knatter.client.people;

import java.util.List;
import java.util.Map;

import dev.knatter.client.api.Api;
import dev.knatter.client.http.Call;
import dev.knatter.client.http.NoAnswerException;
import dev.knatter.client.http.ProblemException;
import dev.knatter.client.http.SessionEndedException;
import org.jspecify.annotations.Nullable;

/**
 * Profiles, keys and blocks. Every method throws {@link ProblemException} where the server refuses, {@link NoAnswerException}
 * where no answer comes, and {@link SessionEndedException} where somebody must log in first.
 */
public final class People {
  private final Api api;

  public People(Api api) {
    this.api = api;
  }

  public User user(String username) {
    return api.read(Call.get(Call.path("/v1/users/", username, "")), User.class);
  }

  /** @param phoneNumber E.164 */
  public User lookup(String phoneNumber) {
    return api.read(Call.post("/v1/users/lookup", Map.of("phoneNumber", phoneNumber)), User.class);
  }

  /** The caller's own profile. */
  public Profile me() {
    return api.read(Call.get("/v1/me"), Profile.class);
  }

  public Profile change(ProfileChange change) {
    return api.read(Call.patch("/v1/me", change), Profile.class);
  }

  /** Stores one of the caller's keys, or replaces the one of that id. Messages that name the old one stay. */
  public void putKey(PublicKey key) {
    KeyBody body = new KeyBody(key.algorithm(), key.publicKey(), key.device());
    api.run(Call.put(Call.path("/v1/me/keys/", key.keyId(), ""), body));
  }

  private record KeyBody(String algorithm, String publicKey, @Nullable String device) {}

  public void deleteKey(String keyId) {
    api.run(Call.delete(Call.path("/v1/me/keys/", keyId, "")));
  }

  public List<BlockedUser> blocks() {
    return List.copyOf(api.read(Call.get("/v1/blocks"), Blocks.class).blocks());
  }

  private record Blocks(List<BlockedUser> blocks) {}

  public void block(String username) {
    api.run(Call.put(Call.path("/v1/blocks/", username, ""), null));
  }

  public void unblock(String username) {
    api.run(Call.delete(Call.path("/v1/blocks/", username, "")));
  }

  /**
   * Says whether the caller looks at the app at this moment. Others see it for five minutes.
   */
  public void presence(boolean visible) {
    api.run(Call.post("/v1/presence", Map.of("visible", visible)).expecting(204));
  }
}
