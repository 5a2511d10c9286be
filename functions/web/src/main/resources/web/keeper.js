import { lives, Timeline } from './timeline.js';

const NAME = 'page';
const KEPT_FOR = 3 * 86_400_000;
const SAVE_AFTER = 1000;
/** Of so many conversations, those with the newest activity, the messages are kept. */
const CONVERSATIONS = 30;

/** Keeps in the browser what the page shows, so that it is there at once the next time, and without a connection. */
export class Keeper {
  #database;
  #state;
  #saving;

  /**
   * @param {{kept: (name: string) => Promise<any>, keep: (name: string, value: any) => Promise<void>}} database
   * @param {() => {cursor: string | undefined, conversations: object[], timelines: [string, object[]][],
   *   people: [string, {displayName?: string}][]}} state
   */
  constructor(database, state) {
    this.#database = database;
    this.#state = state;
  }

  /** @returns what was kept; undefined where there is nothing, or where it would take too long to catch up from there */
  async read() {
    const kept = await this.#database.kept(NAME);
    if (kept === undefined || kept.savedAt < Date.now() - KEPT_FOR) {
      return undefined;
    }
    return { ...kept, timelines: kept.timelines.map(([key, messages]) => [key, Timeline.of(messages)]) };
  }

  /** Something has changed. Soon after, all of it is kept. */
  save() {
    this.#saving ??= setTimeout(() => this.#save(), SAVE_AFTER);
  }

  /** The page may be closed soon. */
  saveNow() {
    if (this.#saving !== undefined) {
      clearTimeout(this.#saving);
      this.#save();
    }
  }

  close() {
    clearTimeout(this.#saving);
  }

  /** All at once: a cursor must not be kept without the messages before it. */
  async #save() {
    this.#saving = undefined;
    const { cursor, ...state } = this.#state();
    if (cursor !== undefined) {
      await this.#database.keep(NAME, { savedAt: Date.now(), cursor, ...state })
        .catch(() => {}); // what is not kept is read from the server
    }
  }
}

/**
 * What is kept of conversations: nothing that lives no longer at the server. The timelines that are not shown are trimmed.
 *
 * @param {import('./directory.js').Directory} directory
 * @param {import('./loader.js').Loader} loader
 * @param {string | undefined} open the key of the one that is shown
 */
export function keepable(directory, { timelines, people }, open) {
  timelines.forEach((timeline, key) => key !== open && timeline.trim());
  const all = directory.all();
  const conversations = all.map(each => each.lastMessage && !lives(each.lastMessage, each.retentionDays)
    ? { ...each, lastMessage: undefined } : each);
  const kept = all.map(each => [directory.keyOf(each), each.retentionDays]).filter(([key]) => timelines.has(key))
    .slice(0, CONVERSATIONS).map(([key, days]) => [key, timelines.get(key).kept(days)]);
  const names = all.map(each => directory.other(each)).filter(name => people.has(name))
    .map(name => [name, { displayName: people.get(name).displayName }]);
  return { conversations, timelines: kept, people: names };
}
