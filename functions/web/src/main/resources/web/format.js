import { texts } from './texts.js';

const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });
const short = new Intl.DateTimeFormat(undefined, { dateStyle: 'short' });
const both = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export function clockTime(when) {
  return time.format(new Date(when));
}

export function dayOf(when) {
  return day.format(new Date(when));
}

export function dateAndTime(when) {
  return both.format(new Date(when));
}

/** The time of today, the date of before. */
export function shortTime(when) {
  const date = new Date(when);
  return date.toDateString() === new Date().toDateString() ? time.format(date) : short.format(date);
}

export function personName(username) {
  return username === '~erased' ? texts.erasedPerson : username;
}

/** What is said, where it can be shown: in one line, say. */
export function plainText(message) {
  if (message.deletedAt) {
    return texts.deletedMessage;
  }
  return isText(message) ? message.content : texts.encryptedMessage;
}

export function isText(message) {
  return /^text\//.test(message.contentType ?? 'text/plain');
}

const LINK = /\bhttps?:\/\/[^\s<>"'\u0000-\u001f\u202a-\u202e\u2066-\u2069]+[^\s<>"'.,;:!?)\]\u0000-\u001f\u202a-\u202e\u2066-\u2069]/gu;
const MENTION = /(?<![\p{L}\p{N}._@-])@([a-z0-9][a-z0-9._-]{1,30}[a-z0-9_-])/giu;

const known = new WeakMap();

/** The parts of a message's text, made once: a message is drawn again with each change of the page. */
export function partsOf(message) {
  if (!known.has(message)) {
    known.set(message, parts(message.content));
  }
  return known.get(message);
}

/**
 * A text in parts: `{text}`, `{text, href}` of web addresses and `{text, mention}` of names. They are shown as text and as
 * attributes, whatever stands in them.
 */
function parts(text) {
  const found = [
    ...[...text.matchAll(LINK)].map(match => ({ at: match.index, text: match[0], href: webAddress(match[0]) })),
    ...[...text.matchAll(MENTION)].map(match => ({ at: match.index, text: match[0], mention: match[1].toLowerCase() })),
  ].sort((a, b) => a.at - b.at);
  const all = [];
  let end = 0;
  for (const part of found) {
    if (part.at < end || part.href === null) {
      continue;
    }
    if (part.at > end) {
      all.push({ text: text.slice(end, part.at) });
    }
    all.push(part);
    end = part.at + part.text.length;
  }
  if (end < text.length) {
    all.push({ text: text.slice(end) });
  }
  return all;
}

function webAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}

export function mentions(message, username) {
  return isText(message) && !message.deletedAt && partsOf(message).some(part => part.mention === username);
}

export function bytes(text) {
  return new TextEncoder().encode(text).length;
}
