package dev.knatter.functions.conversations;

import java.util.UUID;
import java.util.function.Supplier;

import dev.knatter.chat.account.Username;
import dev.knatter.chat.account.Usernames;
import dev.knatter.chat.group.Command;
import dev.knatter.chat.group.Groups;
import dev.knatter.chat.group.Groups.Done;
import dev.knatter.chat.group.Groups.NewGroup;
import dev.knatter.chat.group.Invitations;
import dev.knatter.chat.group.Invitees;
import dev.knatter.guard.Caller;
import dev.knatter.guard.NoContent;
import dev.knatter.shared.Checks;
import dev.knatter.shared.store.Deadline;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/** Creates, changes and deletes groups. */
final class GroupFunctions {
  private static final int CREATED = 201;
  private static final int OK = 200;

  private final Groups groups;
  private final Invitations invitations;
  private final Usernames names;
  private final Runnable onChange;

  /** @param onChange called after each command */
  GroupFunctions(Groups groups, Invitations invitations, Usernames names, Runnable onChange) {
    this.groups = groups;
    this.invitations = invitations;
    this.names = names;
    this.onChange = onChange;
  }

  Message<ConversationAnswer> create(Message<CreateRequest> message) {
    Checks checks = new Checks();
    Command command = Commands.creation(checks, message);
    CreateRequest.Wanted wanted = message.getPayload().checked(checks);
    Invitees members = invitations.toNewGroup(command.actor(), wanted.members(), "/members/",
        Caller.of(message).invalidated());
    NewGroup group = new NewGroup(wanted.name(), members, wanted.retentionDays(), wanted.history());
    Done done = run(() -> groups.create(command, group));
    return answer(done, command, CREATED)
      .setHeader("Location", "/v1/conversations/" + done.state().id())
      .build();
  }

  Message<ConversationAnswer> change(Message<ChangeRequest> message) {
    Checks checks = new Checks();
    Command command = Commands.of(checks, message);
    ChangeRequest change = message.getPayload();
    UUID id = change.checked(checks);
    return answer(run(() -> groups.change(id, command, change.name(), change.retentionDays())),
        command, OK)
      .build();
  }

  Message<String> delete(Message<ConversationPath> message) {
    Checks checks = new Checks();
    Command command = Commands.of(checks, message);
    UUID id = ConversationPath.id(checks, message.getPayload().conversationId());
    checks.done();
    return run(() -> {
      groups.delete(id, command);
      return NoContent.MESSAGE;
    });
  }

  Message<ConversationAnswer> add(Message<AddRequest> message) {
    Checks checks = new Checks();
    Command command = Commands.of(checks, message);
    AddRequest.Wanted wanted = message.getPayload().checked(checks);
    Invitees users = invitations.toGroup(command.actor(), wanted.names(), wanted.pointer(),
        Caller.of(message).invalidated());
    Done done = run(() -> groups.add(wanted.conversation(), command, users, wanted.role()));
    return answer(done, command, done.changed() ? CREATED : OK).build();
  }

  Message<ConversationAnswer> changeRole(Message<RoleRequest> message) {
    Checks checks = new Checks();
    Command command = Commands.of(checks, message);
    RoleRequest.Wanted wanted = message.getPayload().checked(checks);
    String name = name(message.getPayload().username());
    UUID user = user(name);
    return answer(
        run(() -> groups.changeRole(wanted.conversation(), command, name, user, wanted.role())),
        command, OK)
      .build();
  }

  Message<String> remove(Message<MemberPath> message) {
    Checks checks = new Checks();
    Command command = Commands.of(checks, message);
    UUID id = ConversationPath.id(checks, message.getPayload().conversationId());
    checks.done();
    String name = name(message.getPayload().username());
    UUID user = user(name);
    return run(() -> {
      groups.remove(id, command, name, user);
      return NoContent.MESSAGE;
    });
  }

  private <T> T run(Supplier<T> command) {
    T done = Deadline.renewed(command);
    onChange.run();
    return done;
  }

  /** In its stored form, where it has one: the same command may write it in another way. */
  private static String name(String username) {
    return Username.parse(username).map(Username::value).orElse(username);
  }

  /** A name that is nobody's stands for an id that is nobody's: whoever is no member learns nothing of names. */
  private UUID user(String username) {
    return names.id(username).orElse(new UUID(0, 0));
  }

  private MessageBuilder<ConversationAnswer> answer(Done done, Command command, int status) {
    ConversationAnswer answer = ConversationAnswer.of(done.state(), command.actor(),
        names.of(ConversationAnswer.users(done.state())));
    MessageBuilder<ConversationAnswer> message = MessageBuilder.withPayload(answer)
      .setHeader("ETag", EntityTag.of(done.state().version()))
      .setHeader("statusCode", status);
    return done.replayed() ? message.setHeader("Idempotency-Replayed", "true") : message;
  }
}
