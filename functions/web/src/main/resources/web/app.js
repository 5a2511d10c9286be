import { Chat } from './chat.js';
import { Conversation } from './conversation.js';
import { Login } from './login.js';
import { Settings } from './settings.js';
import { nameOfKey, Sidebar } from './sidebar.js';
import { texts } from './texts.js';
import { html, useEffect, useState } from './view.js';

/** The page: the login while nobody is logged in, else the chat. */
export function App({ knatter, issuer }) {
  const [chat, setChat] = useState(undefined);
  const [, draw] = useState(0);

  useEffect(() => {
    let current;
    let frame;
    const changed = () => {
      // Many frames of the server are one drawing.
      frame ??= setTimeout(() => {
        frame = undefined;
        draw(count => count + 1);
      }, 16);
    };
    const session = () => {
      current?.close();
      if (knatter.user === null && current !== undefined) {
        history.replaceState(null, '', location.pathname); // whoever logs in next must not land in this user's conversation
      }
      current = knatter.user === null ? undefined : new Chat(knatter, changed);
      setChat(current);
      current?.begin(keyOfAddress());
    };
    const moved = () => current?.show(keyOfAddress());
    knatter.addEventListener('session', session);
    addEventListener('popstate', moved);
    session();
    return () => {
      knatter.removeEventListener('session', session);
      removeEventListener('popstate', moved);
      current?.close();
    };
  }, [knatter]);

  return chat === undefined ? html`<${Login} knatter=${knatter} issuer=${issuer} />`
    : html`<${Layout} key=${chat.user.userId} chat=${chat} knatter=${knatter} />`;
}

function Layout({ chat, knatter }) {
  const [settings, setSettings] = useState(false);
  useEffect(() => {
    const shortcuts = event => keys(event, chat);
    addEventListener('keydown', shortcuts);
    return () => removeEventListener('keydown', shortcuts);
  }, [chat]);
  const unread = chat.conversations.reduce((sum, each) => sum + (each.muted ? 0 : each.unread ?? 0), 0);
  const title = texts.title(unread, chat.open === undefined ? undefined : nameOfKey(chat, chat.open));
  useEffect(() => {
    document.title = title;
    return () => {
      document.title = texts.product;
    };
  }, [title]);
  const banner = { connecting: texts.connecting, offline: texts.offline }[chat.state];
  return html`<div class=${chat.open === undefined ? 'layout' : 'layout reading'} data-state=${chat.state}>
    <a class="skip" href="#messages" onClick=${skip}>${texts.skip}</a>
    <p class="banner" role="status">${banner}</p>
    <${Sidebar} chat=${chat} onSettings=${() => setSettings(true)} />
    ${chat.open === undefined ? html`<main class="nothing"><p>${texts.nothingOpen}</p></main>`
      : html`<${Conversation} key=${chat.open} chat=${chat} />`}
    <p class="notice" role="alert">${chat.notice}</p>
    ${settings && html`<${Settings} chat=${chat} knatter=${knatter} onClose=${() => setSettings(false)} />`}
  </div>`;
}

/** The conversation that the page's address names: behind #/ its key. */
function keyOfAddress() {
  return /^#\/(@?[a-z0-9][a-z0-9._-]*)$/.exec(location.hash)?.[1];
}

function skip(event) {
  event.preventDefault();
  (document.getElementById('messages') ?? document.getElementById('search'))?.focus();
}

/** Alt with up and down: the conversation before and after. Control or Command with K: the filter. */
function keys(event, chat) {
  const step = event.altKey && { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step) {
    const all = chat.conversations.map(conversation => chat.keyOf(conversation));
    const next = all[Math.max(0, all.indexOf(chat.open) + step)];
    if (next !== undefined) {
      event.preventDefault();
      chat.show(next);
    }
  } else if (event.key === 'k' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    document.getElementById('search')?.focus();
  }
}
