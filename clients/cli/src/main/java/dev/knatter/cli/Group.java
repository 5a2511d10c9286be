package dev.knatter.cli;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

import dev.knatter.client.KnatterClient;
import dev.knatter.client.conversation.Conversation;
import dev.knatter.client.conversation.Member;
import dev.knatter.client.conversation.MemberPage;
import dev.knatter.client.conversation.NewGroup;
import dev.knatter.client.conversation.Role;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands on groups. */
@Command(name = "group", description = "Creates groups and changes them.")
final class Group implements Runnable {
  private final Chat chat;

  @Spec
  private @Nullable CommandSpec spec;

  Group(Chat chat) {
    this.chat = chat;
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "What about groups?");
    }
  }

  @Command(description = "Creates a group.")
  void create(@Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "MEMBER", arity = "0..*", description = "usernames") @Nullable List<String> members,
      @Option(names = "--retention-days", paramLabel = "DAYS", description = "how long messages live (for ever)") @Nullable Integer days) {
    try (KnatterClient client = chat.client()) {
      show(client.conversations()
        .create(new NewGroup(name, members == null ? List.of() : members, null, days)));
    }
  }

  private void show(Conversation conversation) {
    chat.screen().show(conversation);
  }

  @Command(name = "show", description = "Shows a conversation.")
  void showOne(@Parameters(paramLabel = "ID") UUID id) {
    try (KnatterClient client = chat.client()) {
      show(client.conversations().get(id));
    }
  }

  @Command(description = "Lists its members.")
  void members(@Parameters(paramLabel = "ID") UUID id) {
    try (KnatterClient client = chat.client()) {
      String after = null;
      do {
        MemberPage page = client.conversations().members(id, 100, after);
        for (Member member : page.members()) {
          chat.screen()
            .show(member,
                SafeText.line(member.username()) + "  " + member.role().name().toLowerCase(Locale.ROOT));
        }
        after = page.next();
      } while (after != null);
    }
  }

  @Command(description = "Adds members.")
  void add(@Parameters(paramLabel = "ID") UUID id,
      @Parameters(paramLabel = "MEMBER", arity = "1..*", description = "usernames") List<String> members) {
    try (KnatterClient client = chat.client()) {
      show(client.conversations().add(id, members, null, null));
    }
  }

  @Command(description = "Removes a member.")
  void remove(@Parameters(paramLabel = "ID") UUID id, @Parameters(paramLabel = "MEMBER") String member) {
    try (KnatterClient client = chat.client()) {
      client.conversations().remove(id, member, null);
    }
  }

  @Command(description = "Leaves it.")
  void leave(@Parameters(paramLabel = "ID") UUID id) {
    remove(id, chat.account().username());
  }

  @Command(description = "Changes what a member may do.")
  void role(@Parameters(paramLabel = "ID") UUID id, @Parameters(paramLabel = "MEMBER") String member,
      @Parameters(paramLabel = "ROLE", description = "owner, moderator or member") Role role) {
    if (role == Role.OTHER) {
      throw new WrongUseException("A role is owner, moderator or member.");
    }
    try (KnatterClient client = chat.client()) {
      show(client.conversations().setRole(id, member, role, null));
    }
  }

  @Command(description = "Renames it.")
  void rename(@Parameters(paramLabel = "ID") UUID id, @Parameters(paramLabel = "NAME") String name) {
    try (KnatterClient client = chat.client()) {
      show(client.conversations().rename(id, name, null));
    }
  }

  @Command(description = "Deletes it, for all.")
  void delete(@Parameters(paramLabel = "ID") UUID id) {
    try (KnatterClient client = chat.client()) {
      client.conversations().delete(id, null);
    }
  }
}
