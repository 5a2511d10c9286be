// @ts-check

/** How long a number may be late: a proxy may get frames of several processes in another order than that of their numbers. */
const LATE = 1000;
/** A gap of more numbers is no other order. */
const MAX = 100;

/** Which numbers are missing of the frames that were told live (docs/asyncapi.yaml). */
export class Gaps {
  #epoch = undefined;
  #last = 0;
  #lost = false;
  /** Until when each number may come, the first one that was missed first. */
  #missing = new Map();

  /** A frame has come. What came before hello is read from the cursor in any case. */
  heard({ type, epoch, sequence }) {
    if (type === 'hello') {
      this.#missing.clear();
      this.#lost = false;
    }
    if (sequence === undefined) {
      return;
    }
    if (type !== 'hello') {
      if (epoch !== this.#epoch) {
        this.#missing.clear();
        this.#lost = true;
      } else if (sequence <= this.#last) {
        this.#missing.delete(sequence); // it is late, or was told twice
        return;
      } else if (sequence - this.#last > MAX) {
        this.#lost = true;
      } else {
        for (let each = this.#last + 1; each < sequence; each++) {
          this.#missing.set(each, Date.now() + LATE);
        }
      }
    }
    this.#epoch = epoch;
    this.#last = sequence;
  }

  /** Milliseconds until what is missing is to be read from the cursor; undefined if nothing is missing. */
  get wait() {
    const [until] = this.#missing.values();
    return this.#lost ? 0 : until && Math.max(0, until - Date.now());
  }

  /** Whether it is time to read. Each gap is reported once. */
  areDue() {
    if (this.wait !== 0) {
      return false;
    }
    this.#missing.clear();
    this.#lost = false;
    return true;
  }
}
