// @ts-check

const REFRESH_EVERY = 30_000;

/**
 * Follows by long polls of the inbox. It tells nothing of typing, presence and read marks, so now and then it says that the lists
 * are worth another look.
 *
 * @param {import('./follow.js').Follower} follower
 * @param {(connection: object) => void} opened
 * @returns {Promise<number>} 0, when the better way shall be tried again
 */
export async function poll(follower, opened) {
  let refreshed = Date.now();
  let count = await follower.catchUp();
  opened({ send: () => false, sync: () => {} });
  while (!follower.signal.aborted && !follower.shouldRise) {
    if (count === 0) {
      follower.live();
    }
    count = await follower.catchUp(count === 0 ? '&wait=25' : '');
    if (Date.now() > refreshed + REFRESH_EVERY) {
      refreshed = Date.now();
      follower.frame({ type: 'refresh' });
    }
  }
  return 0;
}
