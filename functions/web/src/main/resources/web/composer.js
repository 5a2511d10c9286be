import { bytes, isText, personName, plainText } from './format.js';
import { texts } from './texts.js';
import { html, useEffect, useLayoutEffect, useRef, useState } from './view.js';

const MOST_BYTES = 16_384;
const MOST_SUGGESTIONS = 6;

/** Where messages are written and edited. Enter sends, Shift and Enter begins a line. */
export function Composer({ chat, conversationKey, name, task, people, onDone, onWritten }) {
  const input = useRef(null);
  /** Where the caret goes when the next text is drawn. */
  const caret = useRef(undefined);
  const [text, setText] = useState(chat.drafts.get(conversationKey) ?? '');
  const [suggested, setSuggested] = useState([]);
  const [chosen, setChosen] = useState(0);
  const editing = task?.what === 'edit' ? task.message : undefined;
  const tooLong = bytes(text) > MOST_BYTES;

  useEffect(() => {
    setText(editing ? editing.content : chat.drafts.get(conversationKey) ?? '');
    input.current.focus();
  }, [task]);
  useLayoutEffect(() => {
    if (caret.current !== undefined) {
      input.current.setSelectionRange(caret.current, caret.current);
      caret.current = undefined;
    }
  }, [text]);

  useEffect(() => {
    input.current.style.height = 'auto';
    input.current.style.height = input.current.scrollHeight + 'px';
  }, [text]);

  function change(next) {
    setText(next);
    if (!editing) {
      chat.drafts.set(conversationKey, next);
    }
    const prefix = mentionBefore(input.current);
    setSuggested(prefix === undefined ? [] : people().filter(each => each.startsWith(prefix)).slice(0, MOST_SUGGESTIONS));
    setChosen(0);
  }

  async function submit(event) {
    event.preventDefault();
    const content = text.trimEnd();
    if (content.trim() === '' || tooLong) {
      return;
    }
    input.current.focus(); // the button is disabled when nothing is written
    if (editing) {
      setText(chat.drafts.get(conversationKey) ?? '');
      onDone();
      if (!await chat.edit(editing, content)) {
        onDone({ ...task, message: { ...editing, content } });
      }
      return;
    }
    setText('');
    chat.drafts.delete(conversationKey);
    onDone();
    onWritten();
    if (!await chat.send(conversationKey, content, task?.message.id)) {
      chat.drafts.set(conversationKey, content);
      setText(content);
    }
  }

  function cancel() {
    setText(chat.drafts.get(conversationKey) ?? '');
    onDone();
  }

  function suggest(username) {
    const box = input.current;
    const before = box.value.slice(0, box.selectionStart).replace(/@[a-z0-9._-]*$/i, '@' + username + ' ');
    const next = before + box.value.slice(box.selectionStart);
    caret.current = before.length;
    change(next);
    setSuggested([]);
    box.focus();
  }

  function keys(event) {
    if (event.isComposing || event.keyCode === 229) {
      return; // Enter ends the word of an input method; Safari says so by the number only
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (suggested.length > 0 && step) {
      event.preventDefault();
      setChosen((chosen + step + suggested.length) % suggested.length);
    } else if (suggested.length > 0 && (event.key === 'Enter' || event.key === 'Tab')) {
      event.preventDefault();
      suggest(suggested[chosen]);
    } else if (suggested.length > 0 && event.key === 'Escape') {
      setSuggested([]);
    } else if (event.key === 'Enter' && !event.shiftKey && !matchMedia('(pointer: coarse)').matches) {
      submit(event);
    } else if (event.key === 'Escape' && task) {
      cancel();
    } else if (event.key === 'ArrowUp' && text === '' && !task) {
      event.preventDefault();
      const last = chat.timeline(conversationKey).messages
        .findLast(each => each.sender === chat.user.username && !each.deletedAt && isText(each));
      if (last) {
        onDone({ what: 'edit', message: last });
      }
    }
  }

  return html`<form class="composer" onSubmit=${submit}>
    ${task && html`<p class="task">
      <span dir="auto">${editing ? texts.editing
        : texts.replyTo(personName(task.message.sender)) + ': ' + plainText(task.message).slice(0, 100)}</span>
      <button type="button" class="plain" aria-label=${texts.cancel} onClick=${cancel}>✕</button>
    </p>`}
    ${suggested.length > 0 && html`<ul class="suggestions" role="listbox" id="suggestions" aria-label=${texts.people}>
      ${suggested.map((each, index) => html`<li key=${each} id=${'suggestion-' + index} role="option" aria-selected=${index === chosen}
        onPointerDown=${event => { event.preventDefault(); suggest(each); }}>@${each}</li>`)}
    </ul>`}
    <div class="line">
      <textarea ref=${input} rows="1" dir="auto" id="composer" aria-label=${editing ? texts.editing : texts.write(name)}
        placeholder=${texts.write(name)} value=${text} aria-invalid=${tooLong} aria-autocomplete="list"
        aria-controls=${suggested.length > 0 ? 'suggestions' : undefined}
        aria-activedescendant=${suggested.length > 0 ? 'suggestion-' + chosen : undefined} onKeyDown=${keys}
        onInput=${event => { change(event.target.value); chat.type(conversationKey); }}></textarea>
      <button class="main" disabled=${text.trim() === '' || tooLong}
        onMouseDown=${event => event.preventDefault() /* the focus stays, and with it a telephone's keyboard */}>
        ${editing ? texts.save : texts.send}</button>
    </div>
    ${tooLong && html`<p role="alert" class="error">${texts.tooLong}</p>`}
  </form>`;
}

/** The beginning of a name that is just being written, without its @; undefined where none is. */
function mentionBefore(input) {
  return /(?:^|[\s(])@([a-z0-9._-]*)$/i.exec(input.value.slice(0, input.selectionStart))?.[1].toLowerCase();
}
