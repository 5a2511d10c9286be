package dev.knatter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AccountsTest {
  private final Accounts accounts = new Accounts(Map.of("XDG_CONFIG_HOME", "/nowhere"));

  @ParameterizedTest
  @ValueSource(strings = {"https://chat.example.com", "http://127.0.0.1:8080", "http://[::1]:8080",
      "http://chat"})
  void address_isTaken_withoutSlashesAtItsEnd(String address) {
    assertThat(accounts.url(address + "/")).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat.example.com", "ftp://chat.example.com", "https://ada@chat.example.com",
      "http://my_host",
      "http://my_host:8080", "http://a|b", "http://chat:99999", "http://chat:http"})
  void addressThatNoRequestCanBeSentTo_isWrongUse(String address) {
    assertThatThrownBy(() -> accounts.url(address)).isInstanceOf(WrongUseException.class)
      .hasMessageContaining(address);
  }
}
