import { dateAndTime } from './format.js';
import { explain, texts } from './texts.js';
import { Dialog, Field, html, useEffect, useState, values } from './view.js';

/** The user's profile, sessions, blocks and data. */
export function Settings({ chat, knatter, onClose }) {
  return html`<${Dialog} title=${texts.settings} onClose=${onClose}>
    <p role="alert" class="error">${chat.notice}</p>
    <${Profile} chat=${chat} />
    ${!chat.user.outside && html`<${Password} chat=${chat} />`}
    <${Sessions} chat=${chat} />
    <${Blocks} chat=${chat} />
    <${Data} chat=${chat} knatter=${knatter} />
    <${LogOut} chat=${chat} knatter=${knatter} />
  </${Dialog}>`;
}

function useAnswer(chat, ask) {
  const [answer, setAnswer] = useState(undefined);
  const read = () => chat.act(async () => setAnswer(await ask()));
  useEffect(() => {
    read();
  }, []);
  return [answer, read];
}

function Profile({ chat }) {
  const [me, read] = useAnswer(chat, () => chat.api.me());
  const [saved, setSaved] = useState(false);
  if (me === undefined) {
    return html`<h3>${texts.profile}</h3><p>${texts.loading}</p>`;
  }
  async function save(event) {
    const { displayName, phoneNumber, readReceipts, showLastSeen } = values(event);
    const change = { displayName: displayName ?? null, phoneNumber: phoneNumber?.replace(/[^+0-9]/g, '') ?? null,
      readReceipts: readReceipts !== undefined, showLastSeen: showLastSeen !== undefined };
    setSaved(await chat.act(() => chat.api.changeMe(change)));
    await read();
  }
  return html`<h3>${texts.profile}</h3>
    <p>@${me.username}</p>
    <form onSubmit=${save}>
      <${Field} name="displayName" label=${texts.displayName} defaultValue=${me.displayName ?? ''} maxlength="64" dir="auto"
        autocomplete="name" />
      <${Field} name="phoneNumber" label=${texts.phone} defaultValue=${me.phoneNumber ?? ''} type="tel" autocomplete="tel" dir="ltr" />
      <p><label><input type="checkbox" name="readReceipts" defaultChecked=${me.readReceipts} /> ${texts.readReceipts}</label></p>
      <p><label>
        <input type="checkbox" name="showLastSeen" defaultChecked=${me.showLastSeen} /> ${texts.showLastSeen}</label></p>
      <button>${texts.save}</button> <span role="status">${saved && texts.saved}</span>
    </form>`;
}

function Password({ chat }) {
  const [saved, setSaved] = useState(false);
  async function save(event) {
    const { current, next } = values(event);
    const form = event.target;
    const worked = await chat.act(() => chat.api.changePassword(current, next));
    setSaved(worked);
    if (worked) {
      form.reset();
    }
  }
  return html`<h3>${texts.changePassword}</h3>
    <form onSubmit=${save}>
      <${Field} name="current" label=${texts.currentPassword} type="password" required minlength="8" autocomplete="current-password" />
      <${Field} name="next" label=${texts.newPassword} type="password" required minlength="8"
        autocomplete="new-password" hint=${texts.passwordHint} />
      <button>${texts.changePassword}</button> <span role="status">${saved && texts.saved}</span>
    </form>`;
}

function Sessions({ chat }) {
  const [answer, read] = useAnswer(chat, () => chat.api.sessions());
  const end = async session => {
    await chat.act(() => chat.api.endSession(session.sessionId));
    await read();
  };
  const name = session => session.device ?? texts.unnamedSession;
  return html`<h3>${texts.sessions}</h3>
    <ul class="members">${answer?.sessions.map(session => html`<li key=${session.sessionId}>
      <span class="name"><bdi>${name(session)}</bdi>${session.current && ' (' + texts.thisSession + ')'}
        <small>${texts.lastUsed(dateAndTime(session.lastUsedAt))}</small></span>
      ${!session.current && html`<button type="button" aria-label=${texts.endSession(name(session))}
        onClick=${() => end(session)}>${texts.logOut}</button>`}
    </li>`)}</ul>`;
}

function Blocks({ chat }) {
  const [answer, read] = useAnswer(chat, () => chat.api.blocks());
  const unblock = async username => {
    await chat.act(() => chat.api.block(username, false));
    await read();
  };
  return html`<h3>${texts.blocked}</h3>
    ${answer?.blocks.length === 0 && html`<p>${texts.nobodyBlocked}</p>`}
    <ul class="members">${answer?.blocks.map(block => html`<li key=${block.userId}>
      <span class="name">${block.username}</span>
      <button type="button" aria-label=${texts.unblock + ' ' + block.username}
        onClick=${() => unblock(block.username)}>${texts.unblock}</button>
    </li>`)}</ul>`;
}

function Data({ chat, knatter }) {
  const [busy, setBusy] = useState(false);
  async function save() {
    setBusy(true);
    try {
      await chat.act(async () => {
        const lines = [];
        for await (const line of chat.api.export()) {
          lines.push(line);
        }
        const link = Object.assign(document.createElement('a'), {
          href: URL.createObjectURL(new Blob(lines, { type: 'application/x-ndjson' })),
          download: 'knatter-' + chat.user.username + '.ndjson',
        });
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      });
    } finally {
      setBusy(false);
    }
  }
  async function erase(event) {
    const { name, password } = values(event);
    if (name === chat.user.username) {
      await chat.act(() => knatter.erase(password));
    }
  }
  return html`<h3>${texts.data}</h3>
    <p><button type="button" disabled=${busy} onClick=${save}>${busy ? texts.loading : texts.export}</button></p>
    <details><summary>${texts.erase}</summary>
      <form onSubmit=${erase}>
        <p>${texts.eraseWarning}</p>
        <${Field} name="name" label=${texts.eraseConfirm(chat.user.username)} required autocomplete="off" dir="ltr"
          pattern=${chat.user.username.replaceAll('.', '[.]')} />
        ${!chat.user.outside && html`<${Field} name="password" label=${texts.password} type="password" required
          autocomplete="current-password" />`}
        <button class="danger">${texts.erase}</button>
      </form>
    </details>`;
}

function LogOut({ chat, knatter }) {
  const [asked, setAsked] = useState(false);
  const [away, setAway] = useState(false);
  async function out(everywhere) {
    if (chat.unsent.items.length > 0 && !asked) {
      setAsked(true);
      return;
    }
    await knatter.logout(everywhere).catch(error => {
      setAway(error.passing ?? false);
      chat.tell(explain(error));
    });
  }
  return html`<hr />
    <p role="alert">${asked && texts.unsentQuestion(chat.unsent.items.length)}</p>
    <p><button type="button" id="log-out" onClick=${() => out(false)}>${texts.logOut}</button>${' '}
      <button type="button" onClick=${() => out(true)}>${texts.logOutAll}</button></p>
    ${away && html`<p role="status">${texts.leaveBrowserHint}
      <button type="button" id="leave" onClick=${() => knatter.leave()}>${texts.leaveBrowser}</button></p>`}`;
}
