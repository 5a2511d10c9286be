import { Composer } from './composer.js';
import { dateAndTime } from './format.js';
import { Details } from './group.js';
import { Messages } from './messages.js';
import { nameOfKey } from './sidebar.js';
import { texts } from './texts.js';
import { html, useState } from './view.js';

/** The open conversation. */
export function Conversation({ chat }) {
  const key = chat.open;
  const conversation = chat.conversation(key);
  const [task, setTask] = useState(undefined);
  const [details, setDetails] = useState(false);
  /** How many messages were written here since it was opened. */
  const [written, setWritten] = useState(0);
  const name = nameOfKey(chat, key);
  const typing = chat.typing(key);

  function act(what, message) {
    if (what === 'delete') {
      chat.act(() => chat.api.delete(message.conversationId, message.id));
    } else if (what === 'copy') {
      navigator.clipboard?.writeText(message.content).catch(() => {}); // the browser has asked the user, and they said no
    } else {
      setTask({ what, message });
    }
  }

  return html`<main class="conversation">
    <header>
      <button type="button" class="plain back" aria-label=${texts.back} onClick=${() => chat.show(undefined)}>←</button>
      <h2><bdi>${name}</bdi></h2>
      <p class="status"><span aria-live="polite">${typing.length > 0 ? texts.typing(typing) : ''}</span>
        ${typing.length === 0 && html`<span>${status(chat, key, conversation)}</span>`}</p>
      <button type="button" onClick=${() => setDetails(true)}>${texts.details}</button>
    </header>
    <${Messages} key=${key} chat=${chat} conversation=${conversation} conversationKey=${key} name=${name} written=${written}
      onAct=${act} />
    <${Composer} key=${'composer ' + key} chat=${chat} conversationKey=${key} name=${name} task=${task}
      people=${() => people(chat, key, conversation)} onDone=${setTask}
      onWritten=${() => setWritten(count => count + 1)} />
    ${details && html`<${Details} chat=${chat} conversation=${conversation} conversationKey=${key} name=${name}
      onClose=${() => setDetails(false)} />`}
  </main>`;
}

function status(chat, key, conversation) {
  if (conversation?.kind === 'group') {
    return texts.members(conversation.memberCount);
  }
  const presence = chat.presence(key.slice(1));
  return presence?.online ? texts.online : presence?.lastSeen ? texts.lastSeen(dateAndTime(presence.lastSeen)) : '';
}

/** Whom one may mean here: members as far as they are known, and those who wrote. */
function people(chat, key, conversation) {
  const names = new Set(conversation?.members ?? [key.slice(1)]);
  chat.timeline(key).messages.slice(-200).forEach(message => names.add(message.sender));
  chat.members.get(key)?.forEach(member => names.add(member.username));
  names.delete(chat.user.username);
  names.delete('~erased');
  return [...names].sort();
}
