// @ts-check

const OUTBOX = 'outbox';
const KEPT = 'kept';

/** What a user's browser keeps (IndexedDB): messages that are not sent yet, and what a page wants to find again. */
export class Database {
  /** @type {Promise<IDBDatabase> | undefined} */
  #opening;
  #name;

  /** @param {string} name of the installation and the user */
  constructor(name) {
    this.#name = name;
  }

  /** @returns {Promise<any[]>} in the order in which they were added */
  async outbox() {
    return promised((await this.#store(OUTBOX, 'readonly')).getAll());
  }

  /** @returns {Promise<number>} its number, when it is stored */
  async add(/** @type {object} */ item) {
    return this.#write(OUTBOX, store => store.add(item));
  }

  /** @returns {Promise<boolean>} whether it was still there: what another tab has removed does not come back */
  async replace(/** @type {{number: number}} */ item) {
    const known = await this.#write(OUTBOX, store => {
      const request = store.getKey(item.number);
      request.onsuccess = () => request.result !== undefined && store.put(item);
      return request;
    });
    return known !== undefined;
  }

  async remove(/** @type {number} */ number) {
    await this.#write(OUTBOX, store => store.delete(number));
  }

  /** @returns {Promise<any>} undefined where nothing is kept under that name */
  async kept(/** @type {string} */ name) {
    return promised((await this.#store(KEPT, 'readonly')).get(name));
  }

  async keep(/** @type {string} */ name, /** @type {unknown} */ value) {
    await this.#write(KEPT, store => store.put(value, name));
  }

  async forgetKept() {
    await this.#write(KEPT, store => store.clear());
  }

  /** Deletes all of it. */
  async destroy() {
    (await this.#opening?.catch(() => undefined))?.close(); // and it stays closed: nothing is kept from now on
    await promised(indexedDB.deleteDatabase(this.#name));
  }

  /** Opens it again where that has failed, or where the browser has closed it: to save memory, say. */
  #open() {
    const again = () => {
      this.#opening = undefined;
    };
    this.#opening ??= opened(indexedDB.open(this.#name, 1), again).catch(error => {
      again();
      throw error;
    });
    return this.#opening;
  }

  async #store(name, mode) {
    return (await this.#open()).transaction(name, mode).objectStore(name);
  }

  /** Returns when the transaction is complete: only then a closed tab does not undo it. */
  async #write(name, change) {
    const transaction = (await this.#open()).transaction(name, 'readwrite', { durability: 'strict' });
    const request = change(transaction.objectStore(name));
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    return request.result;
  }
}

async function opened(request, closed) {
  request.onupgradeneeded = create;
  const database = await promised(request);
  database.onclose = closed; // by the browser, and not by close()
  database.onversionchange = () => database.close(); // another tab that deletes the database must not wait for this one
  return database;
}

function create(event) {
  const database = event.target.result;
  database.createObjectStore(OUTBOX, { keyPath: 'number', autoIncrement: true });
  database.createObjectStore(KEPT);
}

/** @returns {Promise<any>} */
function promised(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
