package dev.knatter.functions.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.knatter.chat.account.Bindings;
import dev.knatter.chat.account.Blocks;
import dev.knatter.chat.account.PhoneNumbers;
import dev.knatter.chat.account.Profile;
import dev.knatter.chat.account.Profiles;
import dev.knatter.chat.account.Sessions;
import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.group.ConversationQueries;
import dev.knatter.chat.reading.ReadMarks;
import dev.knatter.chat.webhook.Webhooks;
import dev.knatter.functions.export.Lines.BlockLine;
import dev.knatter.functions.export.Lines.GroupLine;
import dev.knatter.functions.export.Lines.IdentityLine;
import dev.knatter.functions.export.Lines.KeyLine;
import dev.knatter.functions.export.Lines.ProfileLine;
import dev.knatter.functions.export.Lines.ReadMarkLine;
import dev.knatter.functions.export.Lines.SessionLine;
import dev.knatter.functions.export.Lines.WebhookLine;
import dev.knatter.shared.DomainError.NotFound;
import dev.knatter.shared.token.Identity;

/** The lines of an export with everything that is stored about a user except messages. */
record AccountLines(Profiles profiles, PhoneNumbers phoneNumbers, Sessions sessions, Blocks blocks,
    Bindings bindings, Webhooks webhooks, ConversationQueries conversations, ReadMarks marks,
    Usernames names) {
  List<Object> lines(Identity caller) {
    UUID user = caller.userId();
    Profile profile = profiles.find(user).orElseThrow(() -> new NotFound("There is no such account."));
    List<Object> lines = new ArrayList<>();
    lines.add(new ProfileLine("profile", user, profile.username(), profile.displayName(),
        phoneNumbers.of(user, caller.username()).orElse(null), profile.readReceipts(),
        profile.showLastSeen(), profile.createdAt()));
    profile.keys().forEach(key -> lines.add(new KeyLine(key)));
    sessions.all(user).forEach(session -> lines.add(new SessionLine(session)));
    Set<UUID> blocked = blocks.of(user);
    Map<UUID, String> known = names.of(blocked);
    blocked.stream().sorted().forEach(each -> lines.add(new BlockLine(each, known.get(each))));
    bindings.of(user).forEach(subject -> lines.add(new IdentityLine(subject)));
    webhooks.of(user).forEach(webhook -> lines.add(new WebhookLine(webhook)));
    conversations.groups(user).forEach(group -> lines.add(new GroupLine(group)));
    marks.all(user).forEach(mark -> lines.add(new ReadMarkLine(mark)));
    return lines;
  }
}
