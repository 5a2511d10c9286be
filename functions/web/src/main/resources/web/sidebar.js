import { personName, plainText, shortTime } from './format.js';
import { RefusedActions } from './message.js';
import { texts } from './texts.js';
import { Dialog, Field, html, useState, values } from './view.js';

/** The list of conversations, and how others are begun. */
export function Sidebar({ chat, onSettings }) {
  const [filter, setFilter] = useState('');
  const [asking, setAsking] = useState('');
  const { conversations } = chat;
  const { strays } = chat.unsent;
  const shown = conversations.filter(conversation =>
    nameOf(chat, conversation).toLowerCase().includes(filter.toLowerCase()));
  return html`<nav class="sidebar" aria-label=${texts.conversations}>
    <header>
      <h1>${texts.product}</h1>
      <button type="button" class="plain" onClick=${onSettings} aria-label=${texts.settings} title=${texts.settings}>⚙</button>
    </header>
    <p class="tools">
      <input type="search" aria-label=${texts.search} placeholder=${texts.search} value=${filter} id="search"
        onInput=${event => setFilter(event.target.value)} dir="auto" />
      <button type="button" onClick=${() => setAsking('chat')}>${texts.newChat}</button>
      <button type="button" onClick=${() => setAsking('group')}>${texts.newGroup}</button>
    </p>
    <ul onKeyDown=${arrows}>
      ${shown.map(conversation => html`<${Entry} key=${conversation.conversationId} chat=${chat}
        conversation=${conversation} />`)}
    </ul>
    ${conversations.length === 0 && html`<p class="hint">${texts.noConversations}</p>`}
    ${chat.moreConversations && html`<button type="button" class="link" onClick=${() => chat.moreList()}>${texts.loadMore}</button>`}
    ${strays.length > 0 && html`<${Strays} chat=${chat} items=${strays} />`}
    ${asking === 'chat' && html`<${NewChat} chat=${chat} onClose=${() => setAsking('')} />`}
    ${asking === 'group' && html`<${NewGroup} chat=${chat} onClose=${() => setAsking('')} />`}
  </nav>`;
}

/** What was refused in groups that are not listed: nowhere else could the user see it. */
function Strays({ chat, items }) {
  return html`<section aria-label=${texts.refusedElsewhere}>
    <p class="hint" role="status">${texts.refusedElsewhere}</p>
    ${items.map(item => html`<p key=${item.number} data-item=${item.number}>
      <span dir="auto">${item.content.slice(0, 500)}</span>${' '}
      <${RefusedActions} chat=${chat} item=${item} /></p>`)}
  </section>`;
}

function nameOf(chat, conversation) {
  const other = chat.other(conversation);
  if (other === undefined) {
    return conversation.name;
  }
  return other === chat.user.username ? texts.noteToSelf : chat.people.get(other)?.displayName ?? personName(other);
}

/** The same by the key, also of a conversation that is not known yet. */
export function nameOfKey(chat, key) {
  const conversation = chat.conversation(key);
  return conversation ? nameOf(chat, conversation) : personName(key.replace(/^@/, ''));
}

function Entry({ chat, conversation }) {
  const key = chat.keyOf(conversation);
  const last = conversation.lastMessage;
  const other = chat.other(conversation);
  const typing = chat.typing(key);
  const online = !!chat.presence(other)?.online;
  const sender = last === undefined || other !== undefined && last.sender !== chat.user.username ? ''
    : (last.sender === chat.user.username ? texts.you : personName(last.sender)) + ': ';
  return html`<li>
    <a href=${'#/' + key} class="entry" aria-current=${chat.open === key ? 'page' : undefined}
        onClick=${event => { if (!event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); chat.show(key); } }}>
      <span class="avatar" aria-hidden="true" data-online=${online}
        data-initial=${initial(nameOf(chat, conversation))}></span>
      <span class="name"><bdi>${nameOf(chat, conversation)}</bdi>
        ${online && html`<span class="hidden">${texts.online}</span>`}
        ${conversation.muted && html`<span role="img" aria-label=${texts.muted}>🔕</span>`}</span>
      ${last && html`<time datetime=${last.sentAt}>${shortTime(last.sentAt)}</time>`}
      <span class="last" dir="auto">${typing.length > 0 ? texts.typing(typing)
        : last ? sender + plainText(last).slice(0, 200) : ''}</span>
      ${conversation.unread > 0 && html`<span class="unread" aria-label=${texts.unread(conversation.unread, conversation.more)}
        role="img">${conversation.unread}${conversation.more ? '+' : ''}</span>`}
    </a>
  </li>`;
}

function initial(name) {
  return [...name.trim()][0]?.toUpperCase() ?? '?';
}

/** Up and down lead from one conversation to the next. */
function arrows(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const entries = [...event.currentTarget.querySelectorAll('a')];
  const next = entries[entries.indexOf(document.activeElement) + step];
  if (step && next) {
    event.preventDefault();
    next.focus();
  }
}

function NewChat({ chat, onClose }) {
  function submit(event) {
    const { username } = values(event);
    onClose();
    chat.show('@' + username.trim().replace(/^@/, '').toLowerCase());
  }
  return html`<${Dialog} title=${texts.newChat} onClose=${onClose}>
    <form onSubmit=${submit}>
      <${Field} name="username" label=${texts.personToWrite} required autocapitalize="none" spellcheck=${false} dir="ltr"
        minlength="3" maxlength="33" autofocus />
      <button class="main">${texts.open}</button>
    </form>
  </${Dialog}>`;
}

function NewGroup({ chat, onClose }) {
  async function submit(event) {
    const { name, members } = values(event);
    let group;
    if (await chat.act(async () => {
      group = await chat.api.createGroup({ name, members: names(members) });
      await chat.changed(group.conversationId);
    })) {
      onClose();
      chat.show(group.conversationId);
    }
  }
  return html`<${Dialog} title=${texts.newGroup} onClose=${onClose}>
    <form onSubmit=${submit}>
      <${Field} name="name" label=${texts.groupName} required maxlength="64" dir="auto" autofocus />
      <${Field} name="members" label=${texts.groupMembers} autocapitalize="none" spellcheck=${false} dir="ltr" />
      <p role="alert" class="error">${chat.notice}</p>
      <button class="main">${texts.create}</button>
    </form>
  </${Dialog}>`;
}

/** The usernames in a text that people write. */
export function names(text) {
  return (text ?? '').split(/[\s,;]+/).map(name => name.replace(/^@/, '').toLowerCase()).filter(Boolean);
}
