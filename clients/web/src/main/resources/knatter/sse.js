// @ts-check
import { pause } from './time.js';

const OPENING = 15_000;
const CHECK_EVERY = 60_000;

/**
 * Follows by server-sent events, read by fetch: the browser's EventSource can send no token.
 *
 * @param {import('./follow.js').Follower} follower
 * @param {(connection: object) => void} opened
 * @returns {Promise<number>} milliseconds to wait before the next connection, when this one has ended
 */
export async function events(follower, opened) {
  await follower.catchUp();
  const ending = new AbortController();
  const end = () => ending.abort();
  follower.signal.addEventListener('abort', end);
  const opening = setTimeout(end, OPENING);
  let reading = Promise.resolve();
  const connection = {
    send: () => false,
    sync() { // one reading after the other: two at once would set the cursor back
      reading = reading.then(() => catchUp(follower)).catch(end);
    },
  };
  let wait = 0;
  let greeted = false;
  try {
    const response = await follower.http.response('GET', '/v1/stream?cursor=' + follower.cursor,
      { headers: { Accept: 'text/event-stream' }, signal: ending.signal, stream: true });
    riseInTime(follower, ending);
    for await (const frame of frames(response.body)) {
      if (frame.type === 'hello') {
        clearTimeout(opening);
        greeted = true;
        opened(connection);
      }
      follower.frame(frame);
      if (frame.type === 'sync' && !frame.more) {
        follower.live();
      }
      if (frame.type === 'bye') {
        wait = follower.bye(frame);
        break;
      }
    }
  } catch (error) {
    if (!greeted) {
      throw error;
    }
  } finally {
    clearTimeout(opening);
    follower.signal.removeEventListener('abort', end);
    end();
  }
  if (!greeted) {
    throw new Error('The stream said nothing.');
  }
  return wait;
}

/** Of what was missed, all: a page of it may be a small part. */
async function catchUp(follower) {
  while (!follower.signal.aborted && await follower.catchUp() > 0) {
    // There may be more.
  }
}

/** Ends it when the better way shall be tried again. */
async function riseInTime(follower, ending) {
  while (!ending.signal.aborted && !follower.shouldRise) {
    await pause(CHECK_EVERY, ending.signal);
  }
  ending.abort();
}

/** The data of the events of a stream (HTML, section 9.2.6), as JSON. */
async function* frames(/** @type {ReadableStream<Uint8Array>} */ body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  let data = [];
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    const lines = (text + value).split(/\r\n|\n|\r(?!$)/);
    text = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '' && data.length > 0) {
        yield JSON.parse(data.join('\n'));
        data = [];
      } else if (line.startsWith('data:')) {
        data.push(line.slice(5).replace(/^ /, ''));
      }
    }
  }
}
