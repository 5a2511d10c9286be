import { clockTime, dateAndTime, isText, mentions, partsOf, personName, plainText } from './format.js';
import { texts } from './texts.js';
import { html, useEffect, useRef, useState } from './view.js';

const EMOJI = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

/** A message that is stored, with what can be done to it. */
export function Message({ chat, conversation, message, first, active, onAct, onGo }) {
  const [menu, setMenu] = useState('');
  const mine = message.sender === chat.user.username;
  const mentioned = !mine && mentions(message, chat.user.username);
  const close = () => {
    setMenu('');
    document.getElementById('m-' + message.id)?.focus({ preventScroll: true }); // the focus was in the menu
  };
  return html`<li id=${'m-' + message.id} data-message=${message.id} tabindex="-1"
      class=${'message' + (mine ? ' mine' : '') + (mentioned ? ' mentioned' : '')}
      onKeyDown=${event => keys(event, setMenu)}>
    ${first && !mine && html`<span class="sender"><bdi>${personName(message.sender)}</bdi></span>`}
    <div class="bubble">
      ${message.replyTo && !message.deletedAt && html`<${Quote} chat=${chat} id=${message.replyTo} onGo=${onGo} />`}
      ${mentioned && html`<span class="hidden">${texts.mentioned}: </span>`}
      <${Content} message=${message} chat=${chat} />
      <span class="meta">
        ${message.editedAt && html`<span title=${dateAndTime(message.editedAt)}>${texts.edited}</span>${' '}`}
        <time datetime=${message.sentAt} title=${dateAndTime(message.sentAt)}>${clockTime(message.sentAt)}</time>
        ${mine && !message.deletedAt && html`<${Mark} chat=${chat} conversation=${conversation} message=${message} />`}
      </span>
    </div>
    ${!message.deletedAt && html`<button type="button" class="plain act" tabindex=${active ? 0 : -1} aria-haspopup="true"
      aria-expanded=${menu !== ''} aria-label=${texts.actionsOn(personName(message.sender), clockTime(message.sentAt))}
      title=${texts.actions} onClick=${() => setMenu(menu === '' ? 'menu' : '')}>⋯</button>`}
    ${menu && html`<${Menu} chat=${chat} conversation=${conversation} message=${message} mine=${mine}
      onClose=${close} onAct=${what => { close(); onAct(what, message); }} />`}
    ${message.reactions && html`<ul class="reactions" aria-label=${texts.reactions}>
      ${message.reactions.map(reaction => html`<li key=${reaction.emoji}><button type="button" aria-pressed=${reaction.mine}
        tabindex=${active ? 0 : -1} aria-label=${texts.reaction(reaction.emoji, reaction.count, reaction.mine)}
        title=${reaction.users.join(', ')} onClick=${() => chat.react(message, reaction.emoji, reaction.mine)}>
        ${reaction.emoji} ${reaction.count}</button></li>`)}
    </ul>`}
  </li>`;
}

/** A message that is not sent yet, or was refused. */
export function Unsent({ chat, item }) {
  const failed = item.state !== 'waiting';
  return html`<li class=${'message mine unsent' + (failed ? ' failed' : '')} data-item=${item.number}>
    <div class="bubble">
      <${Content} message=${item} chat=${chat} />
      <span class="meta">
        <time datetime=${new Date(item.writtenAt).toISOString()}>${clockTime(item.writtenAt)}</time>
        ${' '}${failed ? html`<strong>${texts.refused}</strong>`
          : html`<span role="img" aria-label=${texts.waiting} title=${texts.waiting}>🕓</span>`}
      </span>
    </div>
    ${!failed && html`<button type="button" class="plain act" aria-label=${texts.discard} title=${texts.discard}
      onClick=${() => chat.unsent.discard(item)}>✕</button>`}
    ${failed && html`<p class="why" role="alert">
      ${item.state === 'unsure' ? texts.unsure : texts.refusedBecause[item.reason] ?? ''}${' '}
      <${RefusedActions} chat=${chat} item=${item} />
    </p>`}
  </li>`;
}

/** What its author can do with a message that was refused. */
export function RefusedActions({ chat, item }) {
  return html`<button type="button" class="link" onClick=${() => chat.unsent.retry(item)}>${texts.sendAgain}</button>${' '}
    <button type="button" class="link" onClick=${() => chat.unsent.discard(item)}>${texts.discard}</button>`;
}

function Content({ message, chat }) {
  if (message.deletedAt || !isText(message)) {
    return html`<p class="text gone">${plainText(message)}</p>`;
  }
  return html`<p class="text" dir="auto">${partsOf(message).map(part => {
    if (part.href) {
      return html`<a href=${part.href} target="_blank" rel="noopener noreferrer nofollow">${part.text}</a>`;
    }
    return part.mention ? html`<span class=${'mention' + (part.mention === chat.user.username ? ' me' : '')}>${part.text}</span>`
      : part.text;
  })}</p>`;
}

function Quote({ chat, id, onGo }) {
  const quoted = chat.timeline(chat.open).find(id);
  return html`<button type="button" class="quote" tabindex="-1" title=${texts.answered} aria-label=${quoted === undefined ? texts.answered : undefined}
      onClick=${() => onGo(id)}>
    ${quoted === undefined ? '…' : html`<strong><bdi>${personName(quoted.sender)}</bdi></strong>${' '}
      <span dir="auto">${plainText(quoted).slice(0, 120)}</span>`}
  </button>`;
}

/** One hook: the server has it. Two: others have read it. */
function Mark({ chat, conversation, message }) {
  const readers = conversation ? chat.readers(chat.keyOf(conversation), message) : 0;
  const text = readers === 0 ? texts.sent : conversation.kind === 'direct' ? texts.read : texts.readBy(readers);
  return html` <span class=${readers > 0 ? 'mark read' : 'mark'} role="img" aria-label=${text} title=${text}>
    ${readers > 0 ? '✓✓' : '✓'}</span>`;
}

/** Opens the menu by the keyboard. */
function keys(event, setMenu) {
  if (event.target === event.currentTarget && (event.key === 'Enter' || event.key === 'ContextMenu')) {
    event.preventDefault();
    setMenu('menu');
  }
}

function Menu({ chat, conversation, message, mine, onClose, onAct }) {
  const menu = useRef(null);
  const [asked, setAsked] = useState(false);
  const mayDelete = mine || conversation?.kind === 'group' && conversation.role !== 'member';
  useEffect(() => {
    menu.current.querySelector('button').focus();
    menu.current.scrollIntoView({ block: 'nearest' });
    const outside = event => menu.current && !menu.current.parentElement.contains(event.target) && onClose();
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, []);
  const react = async emoji => {
    const own = message.reactions?.find(reaction => reaction.emoji === emoji)?.mine ?? false;
    onClose();
    await chat.react(message, emoji, own);
  };
  const other = event => {
    event.preventDefault();
    const emoji = new FormData(event.target).get('emoji').trim();
    if (emoji) {
      react(emoji);
    }
  };
  const item = (what, text) => html`<button type="button" role="menuitem" onClick=${() => onAct(what)}>${text}</button>`;
  return html`<div class="menu" ref=${menu} onKeyDown=${event => menuKeys(event, onClose)}>
    <div class="emojis" role="group" aria-label=${texts.react}>
      ${EMOJI.map(emoji => html`<button type="button" aria-label=${texts.react + ' ' + emoji}
        onClick=${() => react(emoji)}>${emoji}</button>`)}
      <form onSubmit=${other}>
        <input name="emoji" aria-label=${texts.otherReaction} placeholder="+" maxlength="16" autocomplete="off" />
      </form>
    </div>
    <div role="menu" aria-label=${texts.actions}>
      ${item('reply', texts.reply)}
      ${isText(message) && item('copy', texts.copy)}
      ${mine && isText(message) && item('edit', texts.edit)}
      ${mayDelete && html`<button type="button" role="menuitem" class=${asked ? 'danger' : ''}
        onClick=${() => asked ? onAct('delete') : setAsked(true)}>${asked ? texts.deleteQuestion : texts.delete}</button>`}
    </div>
  </div>`;
}

function menuKeys(event, onClose) {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  if (event.key === 'Escape') {
    event.stopPropagation();
    onClose();
  } else if (step && event.target.tagName === 'BUTTON') {
    event.preventDefault();
    event.stopPropagation();
    buttons.at((buttons.indexOf(event.target) + step) % buttons.length).focus();
  }
}
