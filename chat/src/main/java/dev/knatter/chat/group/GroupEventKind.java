package dev.knatter.chat.group;

/** What can happen to a group. The table {@code conversation_events} stores the names of the constants. */
enum GroupEventKind {
  /** Has name, retention, history and users: the creator, who is the owner, and the first members. */
  CREATED,
  /** Has name, or retention, or both. */
  CHANGED,
  /** Has users and their role. */
  MEMBERS_ADDED,
  /** Has one user, who is not the owner. */
  MEMBER_REMOVED,
  /** The actor has left. Has the actor as its user, and the successor of an owner. */
  LEFT,
  /** Has one user and the role. If it is that of the owner, the owner of before is a moderator now. */
  ROLE_CHANGED,
  /** The group is deleted. No event follows. */
  DELETED
}
