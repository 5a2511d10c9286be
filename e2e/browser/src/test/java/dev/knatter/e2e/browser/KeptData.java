package dev.knatter.e2e.browser;

/** Reads what a browser has kept for a page (IndexedDB). */
final class KeptData {
  /** Calls back with all of it as JSON, and with a text that says so where that is not possible just now. */
  static final String SCRIPT = """
      const done = arguments[arguments.length - 1];
      const answer = request => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const opened = name => {
        const request = indexedDB.open(name);
        request.onupgradeneeded = () => request.transaction.abort(); // it was just deleted, and shall stay so
        return answer(request);
      };
      const read = async () => {
        let text = '';
        for (const {name} of await indexedDB.databases()) {
          const database = await opened(name);
          database.onversionchange = () => database.close();
          for (const store of database.objectStoreNames) {
            const values = await answer(database.transaction(store).objectStore(store).getAll());
            text += values.length > 0 ? JSON.stringify(values) : '';
          }
          database.close();
        }
        return text;
      };
      read().then(done, error => done('not now: ' + error));
      """;

  private KeptData() {}
}
