import { personName } from './format.js';
import { names } from './sidebar.js';
import { texts } from './texts.js';
import { Dialog, Field, html, useEffect, useState, values } from './view.js';

/** What one can do with a conversation: of a group its members and roles, of a person the block. */
export function Details({ chat, conversation, conversationKey, name, onClose }) {
  const group = conversation?.kind === 'group';
  const other = conversationKey.startsWith('@') ? conversationKey.slice(1) : undefined;
  return html`<${Dialog} title=${name} onClose=${onClose}>
    <p role="alert" class="error">${chat.notice}</p>
    ${group && html`<${Group} chat=${chat} group=${conversation} conversationKey=${conversationKey} />`}
    ${other !== undefined && other !== chat.user.username && html`<${Person} chat=${chat} username=${other} />`}
    ${conversation && html`<p><button type="button" onClick=${() => mute(chat, conversation)}>
      ${conversation.muted ? texts.unmute : texts.mute}</button></p>`}
  </${Dialog}>`;
}

async function mute(chat, conversation) {
  await chat.act(() => chat.api.mute(conversation.conversationId, !conversation.muted));
  await chat.changed(conversation.conversationId);
}

function Person({ chat, username }) {
  const [blocked, setBlocked] = useState(undefined);
  useEffect(() => {
    chat.act(async () => {
      const { blocks } = await chat.api.blocks();
      setBlocked(blocks.some(block => block.username === username));
    });
  }, [username]);
  return html`<p>@${username}</p>
    <p><button type="button" disabled=${blocked === undefined} onClick=${async () => {
      if (await chat.act(() => chat.api.block(username, !blocked))) {
        setBlocked(!blocked);
      }
    }}>${blocked ? texts.unblock : texts.block}</button></p>`;
}

function Group({ chat, group, conversationKey }) {
  const id = group.conversationId;
  const [members, setMembers] = useState([]);
  const [next, setNext] = useState(undefined);
  const [question, setQuestion] = useState('');
  const manages = group.role !== 'member';

  async function read(after = undefined) {
    await chat.act(async () => {
      const page = await chat.api.members(id, { after });
      const all = after === undefined ? page.members : [...members, ...page.members];
      setMembers(all);
      setNext(page.next);
      chat.members.set(conversationKey, all);
    });
  }
  useEffect(() => {
    read();
  }, [group.version]);

  async function change(work) {
    if (await chat.act(work)) {
      await chat.changed(id);
      await read();
    }
  }
  const rename = event => {
    const { name } = values(event);
    change(() => chat.api.changeGroup(id, { name }));
  };
  const add = event => {
    const { usernames } = values(event);
    const form = event.target;
    change(async () => {
      await chat.api.addMembers(id, names(usernames));
      form.reset();
    });
  };
  /** Does it the second time: the first time it asks. */
  const confirmed = (what, work) => async () => {
    if (question !== what) {
      setQuestion(what);
    } else if (await chat.act(work)) {
      await chat.changed(id);
    }
  };
  const leave = confirmed('leave', () => chat.api.removeMember(id, chat.user.username));
  const remove = confirmed('delete', () => chat.api.deleteGroup(id));

  return html`
    ${group.retentionDays && html`<p>${texts.retention(group.retentionDays)}</p>`}
    ${manages && html`<form class="row" onSubmit=${rename}>
      <${Field} name="name" label=${texts.groupName} defaultValue=${group.name} required maxlength="64" dir="auto" />
      <button>${texts.rename}</button>
    </form>
    <form class="row" onSubmit=${add}>
      <${Field} name="usernames" label=${texts.groupMembers} required autocapitalize="none" spellcheck=${false} dir="ltr" />
      <button>${texts.addMembers}</button>
    </form>`}
    <h3>${texts.members(group.memberCount)}</h3>
    <ul class="members">
      ${members.map(member => html`<${Member} key=${member.userId} chat=${chat} group=${group} member=${member}
        onChange=${change} />`)}
    </ul>
    ${next && html`<button type="button" class="link" onClick=${() => read(next)}>${texts.loadMore}</button>`}
    <p role="alert">${question === 'leave' ? texts.leaveQuestion : question === 'delete' ? texts.deleteGroupQuestion : ''}</p>
    <p><button type="button" onClick=${leave}>${texts.leave}</button>
      ${group.role === 'owner' && html` <button type="button" class="danger" onClick=${remove}>${texts.deleteGroup}</button>`}</p>`;
}

function Member({ chat, group, member, onChange }) {
  const { username, role } = member;
  const self = username === chat.user.username;
  const mayRemove = !self && (group.role === 'owner' || group.role === 'moderator' && role === 'member');
  const roles = group.role === 'owner' && !self ? ['owner', 'moderator', 'member'] : [];
  return html`<li>
    <span class="name"><bdi>${personName(username)}</bdi>${self && ' (' + texts.you + ')'}</span>
    ${roles.length > 0 ? html`<select aria-label=${texts.roleOf(username)} value=${role}
        onChange=${event => onChange(() => chat.api.changeRole(group.conversationId, username, event.target.value))}>
        ${roles.map(each => html`<option value=${each} selected=${each === role}>${texts.role[each]}</option>`)}
      </select>` : html`<span>${texts.role[role]}</span>`}
    ${mayRemove && html`<button type="button" class="plain" aria-label=${texts.remove(username)} title=${texts.remove(username)}
      onClick=${() => onChange(() => chat.api.removeMember(group.conversationId, username))}>✕</button>`}
  </li>`;
}
