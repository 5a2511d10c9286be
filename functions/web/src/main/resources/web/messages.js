import { dayOf } from './format.js';
import { Message, Unsent } from './message.js';
import { texts } from './texts.js';
import { html, useEffect, useLayoutEffect, useRef, useState } from './view.js';

/** How many messages are drawn at most, and by how many these move. */
const DRAWN = 150;
const STEP = 50;
/** How near to an end more is drawn, in heights of the list. */
const NEAR = 1;
const AT_END = 40;
const SAME_BLOCK = 5 * 60_000;

/**
 * The messages of the open conversation. A part of them is drawn, which moves with the scrolling, both ways; what is seen stays
 * where it is when messages come above it or go.
 */
export function Messages({ chat, conversation, conversationKey, name, written, onAct }) {
  const list = useRef(null);
  // What is seen at the top, and where it was drawn. Null at the end of the list, which is followed.
  const anchor = useRef(null);
  const loading = useRef(false);
  const [atEnd, setAtEnd] = useState(true);
  // Where the drawn part ends. Undefined: with the newest message.
  const [end, setEnd] = useState(undefined);
  const [active, setActive] = useState(undefined);
  // Screen readers read what comes from now on, and not the first page; one's own message when it is sent, and only then.
  const [settled, setSettled] = useState(false);
  const filled = useRef(undefined);
  const timeline = chat.timeline(conversationKey);
  const all = timeline.messages;
  const to = reach(all, end);
  const from = Math.max(0, to - DRAWN);
  const drawn = all.slice(from, to);
  const items = end === undefined ? chat.unsent.of(conversationKey) : [];

  // Before it is drawn anew: what gets shorter is scrolled back by the browser.
  const scrollTop = list.current?.scrollTop;
  useLayoutEffect(() => keepPlace(list.current, anchor.current, scrollTop));
  useEffect(() => {
    const observer = new ResizeObserver(() => keepPlace(list.current, anchor.current));
    observer.observe(list.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (anchor.current === null) {
      chat.seen(conversationKey);
    }
  });

  useEffect(() => {
    if (written > 0) {
      toNewest(); // one sees what one has written
    }
  }, [written]);
  useEffect(() => setSettled(timeline.loaded), [timeline.loaded]);
  useEffect(() => {
    // Where all that is known fits into the list, nobody can scroll to what comes before.
    const before = timeline.loaded ? timeline.before : undefined;
    if (before !== undefined && before !== filled.current && list.current.scrollHeight <= list.current.clientHeight) {
      filled.current = before; // once for each page: it may fail
      scrolled();
    }
  });

  /** From now on this stays where it is; null: the end is followed. */
  function keep(next) {
    anchor.current = next;
    setAtEnd(next === null);
  }

  async function scrolled() {
    const box = list.current;
    const rest = box.scrollHeight - box.scrollTop - box.clientHeight;
    keep(end === undefined && rest < AT_END ? null : firstSeen(box));
    const near = NEAR * box.clientHeight;
    if (box.scrollTop < near && !loading.current) {
      loading.current = true;
      try {
        if (from === 0 && timeline.before !== undefined && !await chat.older(conversationKey)) {
          return;
        }
      } finally {
        loading.current = false;
      }
      const reached = reach(timeline.messages, end);
      if (reached > DRAWN) {
        draw(Math.max(reached - STEP, DRAWN));
      }
    } else if (end !== undefined && rest < near) {
      draw(to + STEP);
    }
  }

  /** Draws up to a message, by its place. */
  function draw(place) {
    const messages = timeline.messages;
    setEnd(place >= messages.length ? undefined : messages[place - 1].id);
  }

  function toNewest() {
    keep(null);
    setEnd(undefined);
  }

  /** Goes to a message, which may have to be read first. */
  async function go(id) {
    while (timeline.find(id) === undefined && timeline.before !== undefined && timeline.messages[0]?.id > id) {
      if (!await chat.older(conversationKey)) {
        break;
      }
    }
    const at = timeline.messages.findIndex(message => message.id === id);
    if (at < 0) {
      chat.tell(texts.notFoundAnymore);
      return;
    }
    keep({ id: 'm-' + id, offset: undefined });
    setActive(id);
    draw(at + DRAWN / 2);
    requestAnimationFrame(() => document.getElementById('m-' + id)?.focus({ preventScroll: true }));
  }

  /** Up and down lead from message to message. */
  function keys(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const at = drawn.findIndex(message => message.id === active);
    const next = drawn[at < 0 ? drawn.length - 1 : at + step];
    if (step && next && !event.altKey && !event.target.closest('.menu')) {
      event.preventDefault();
      setActive(next.id);
      document.getElementById('m-' + next.id)?.focus();
    }
  }

  const rows = [];
  let dayBefore;
  drawn.forEach((message, index) => {
    const before = drawn[index - 1];
    const day = dayOf(message.sentAt);
    if (day !== dayBefore) {
      rows.push(html`<li key=${'day-' + message.id} class="day">${day}</li>`);
      dayBefore = day;
    }
    const first = before?.sender !== message.sender || Date.parse(message.sentAt) - Date.parse(before.sentAt) > SAME_BLOCK;
    rows.push(html`<${Message} key=${message.id} chat=${chat} conversation=${conversation} message=${message} first=${first}
      active=${active === message.id} onAct=${onAct} onGo=${go} />`);
  });
  const hint = timeline.loaded ? from === 0 && timeline.before === undefined ? texts.beginning : '' : texts.loading;
  return html`<div class="scroller" ref=${list} onScroll=${scrolled} onKeyDown=${keys} tabindex="0" role="region"
      aria-label=${texts.messages(name)} id="messages">
      <p class="hint">${hint}</p>
      <div role="log" aria-live=${atEnd && settled ? 'polite' : 'off'}>
        <ol class="messages">
          ${rows}
        </ol>
      </div>
      ${items.length > 0 && html`<ol class="messages">
        ${items.map(item => html`<${Unsent} key=${item.number} chat=${chat} item=${item} />`)}
      </ol>`}
    </div>
    ${!atEnd && html`<button type="button" class="newest" onClick=${toNewest}
      aria-label=${texts.toNewest} title=${texts.toNewest}>↓</button>`}`;
}

/** How many messages there are up to the one with which the drawn part ends. */
function reach(messages, end) {
  return end === undefined ? messages.length : messages.findLastIndex(message => message.id <= end) + 1;
}

/** What is seen at the top, and where it is; null where there is nothing. */
function firstSeen(box) {
  const seen = [...box.querySelectorAll('[data-message]')]
    .find(element => element.offsetTop + element.offsetHeight > box.scrollTop);
  return seen === undefined ? null : { id: seen.id, offset: placeOf(box, seen) };
}

/** What is seen stays where it is, also when messages come above it or go. */
function keepPlace(box, anchor, scrollTop = box.scrollTop) {
  if (anchor === null) {
    box.scrollTop = box.scrollHeight;
    return;
  }
  const element = document.getElementById(anchor.id);
  if (element !== null) {
    const before = anchor.offset ?? scrollTop + box.clientHeight / 3;
    const now = placeOf(box, element);
    box.scrollTop = scrollTop + now - before;
    anchor.offset = now;
  }
}

/** Where the text of a message is in the list: the sender's name above it comes and goes with the message before. */
function placeOf(box, element) {
  const seen = element.querySelector('.text') ?? element;
  return seen.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
}
