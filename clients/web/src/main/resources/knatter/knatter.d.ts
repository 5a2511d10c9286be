/** The client library of Knatter for browsers. Answers have the shapes of docs/openapi.yaml, frames those of docs/asyncapi.yaml. */

export interface Message {
  id: string;
  conversationId: string;
  sender: string;
  recipient?: string;
  content: string;
  contentType: string;
  sentAt: string;
  version: number;
  editedAt?: string;
  deletedAt?: string;
  replyTo?: string;
  keyId?: string;
  reactions?: { emoji: string; count: number; mine: boolean; users: string[] }[];
}

export interface Conversation {
  conversationId: string;
  kind: 'direct' | 'group';
  name?: string;
  version?: number;
  role: 'owner' | 'moderator' | 'member';
  history?: 'all' | 'since-joining';
  retentionDays?: number;
  createdAt?: string;
  memberCount: number;
  members: string[];
  muted?: boolean;
  unread?: number;
  more?: true;
  readUpTo?: string;
  lastMessage?: Message;
}

export interface NewMessage {
  /** Of two messages to one person, name the person in both or the conversation in both: only then they keep their order. */
  to?: string;
  conversationId?: string;
  content: string;
  contentType?: string;
  replyTo?: string;
}

/** A message that is not sent yet. */
export interface Item extends NewMessage {
  /** In the order of writing. */
  number: number;
  clientId?: string;
  /** unsure: it may have been sent, and be gone. Ask its author before you retry it. */
  state: 'waiting' | 'refused' | 'unsure';
  /** The last word of the problem's type, where it is refused; `internal` where the server has failed ten times. */
  reason?: string;
  /** Milliseconds since 1970, by the server's clock. */
  writtenAt: number;
}

export interface Outbox {
  items(): Promise<Item[]>;
  /** Returns when the message is stored in this browser. */
  add(message: NewMessage): Promise<Item>;
  retry(item: Item): Promise<void>;
  /** Takes back one that waits, or drops one that was refused. What is on its way just now may still arrive. */
  discard(item: Item): Promise<void>;
  /** Ends all waits between attempts. */
  hurry(): void;
}

export interface Follower {
  readonly cursor: string | undefined;
  readonly state: 'connecting' | 'live' | 'offline';
  /** Sends a frame, of typing or presence, where there is a WebSocket. Returns whether it was sent. */
  send(frame: { type: string; [member: string]: unknown }): boolean;
  close(): void;
}

export type Frame = { type: string; message?: Message; cursor?: string; state?: string; [member: string]: any };

export interface Issuer {
  issuer: string;
  clientId: string;
  scope: string;
}

export class KnatterError extends Error {
  /** The last word of the problem's type; `offline` where no answer came. */
  readonly type: string;
  /** 0 where no answer came. */
  readonly status: number;
  readonly problem: { [member: string]: any };
  readonly retryAfterMillis: number;
  /** Whether the same request may succeed later. */
  readonly passing: boolean;
}

export interface Api {
  messages(parameters: { with?: string; conversation?: string; limit?: number; before?: string; after?: string;
    wait?: number }): Promise<{ messages: Message[]; next?: string; previous?: string; serverTime: string }>;
  edit(conversationId: string, id: string, content: string): Promise<Message>;
  delete(conversationId: string, id: string): Promise<void>;
  react(conversationId: string, id: string, emoji: string, remove?: boolean): Promise<void>;
  read(conversationId: string, upTo: string): Promise<void>;
  conversations(parameters?: { limit?: number; before?: string }): Promise<{ conversations: Conversation[]; next?: string }>;
  conversation(id: string): Promise<Conversation>;
  createGroup(group: { name: string; members?: string[]; history?: string; retentionDays?: number }): Promise<Conversation>;
  changeGroup(id: string, change: { name?: string; retentionDays?: number }): Promise<Conversation>;
  deleteGroup(id: string): Promise<void>;
  members(id: string, parameters?: { limit?: number; after?: string }): Promise<{
    members: { userId: string; username: string; role: string; joinedAt?: string }[]; next?: string }>;
  addMembers(id: string, usernames: string[]): Promise<Conversation>;
  changeRole(id: string, username: string, role: string): Promise<Conversation>;
  removeMember(id: string, username: string): Promise<void>;
  mute(id: string, muted: boolean): Promise<void>;
  receipts(id: string): Promise<{ receipts: { userId: string; username: string; upTo: string }[] }>;
  user(username: string): Promise<{ userId: string; username: string; displayName?: string; publicKeys: object[] }>;
  userByPhone(phoneNumber: string): Promise<{ userId: string; username: string; displayName?: string; publicKeys: object[] }>;
  me(): Promise<any>;
  changeMe(change: object): Promise<any>;
  changePassword(current: string, next: string): Promise<void>;
  erase(password?: string): Promise<any>;
  blocks(): Promise<{ blocks: { userId: string; username: string }[] }>;
  block(username: string, blocked: boolean): Promise<void>;
  sessions(): Promise<{ sessions: { sessionId: string; device?: string; createdAt: string; lastUsedAt: string;
    current: boolean }[] }>;
  endSession(id: string): Promise<void>;
  presence(visible: boolean): Promise<void>;
  /** Lines of JSON, each with its line feed. After a broken connection some messages come again: know them by `id`. */
  export(): AsyncGenerator<string>;
}

export class Knatter extends EventTarget {
  constructor(options?: { url?: string; cookie?: boolean });
  readonly api: Api;
  /** Null while nobody is logged in. */
  readonly user: { userId: string; username: string; outside: boolean } | null;
  readonly outbox: Outbox | null;
  readonly clock: { now(): number };
  readonly database: { kept(name: string): Promise<any>; keep(name: string, value: unknown): Promise<void>;
    forgetKept(): Promise<void> } | null;
  /** By default, what the first screen needs: with the renewal where somebody was logged in, else with the login. */
  wake(paths?: string[]): void;
  register(account: { username: string; password: string; displayName?: string; phoneNumber?: string }): Promise<void>;
  login(username: string, password: string, device?: { name?: string }): Promise<void>;
  resume(issuer?: Issuer | null): Promise<boolean>;
  logout(everywhere?: boolean): Promise<void>;
  /** Leaves without a connection: forgets what the browser keeps. The session ends with the next connection of the page. */
  leave(): Promise<void>;
  /** Erases the account, and what this browser has kept of it. There is no way back. */
  erase(password?: string): Promise<void>;
  follow(cursor: string | undefined, listener: (frame: Frame) => void): Follower;
}

/** Leaves the page for the issuer's. Its answer is taken by `resume`. */
export function signIn(issuer: Issuer, silent?: boolean): Promise<void>;
