import { h } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import htm from 'htm';
import { texts } from './texts.js';

/** Makes elements of templates. Values in it become text and attributes, never markup. */
export const html = htm.bind(h);

export { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** A dialog of the browser, which holds the focus and ends with Escape. */
export function Dialog({ title, onClose, children }) {
  const dialog = useRef(null);
  useEffect(() => {
    dialog.current.showModal();
  }, []);
  return html`<dialog ref=${dialog} aria-labelledby="dialog-title" onClose=${onClose}
      onClick=${event => event.target === dialog.current && dialog.current.close()}>
    <div class="dialog">
      <header><h2 id="dialog-title">${title}</h2>
        <button type="button" class="plain" aria-label=${texts.close} onClick=${() => dialog.current.close()}>✕</button>
      </header>
      ${children}
    </div>
  </dialog>`;
}

/**
 * A field of a form, with its label and a hint. What it begins with is its `defaultValue`: a `value` would be written again at each
 * drawing, over what the user has typed.
 */
export function Field({ label, hint, ...input }) {
  const id = 'field-' + input.name;
  return html`<p class="field">
    <label for=${id}>${label}</label>
    <input id=${id} aria-describedby=${hint ? id + '-hint' : undefined} ...${input} />
    ${hint && html`<small id=${id + '-hint'}>${hint}</small>`}
  </p>`;
}

/** What a submitted form holds, by the names of its fields. Empty ones are undefined. */
export function values(event) {
  event.preventDefault();
  const entries = [...new FormData(event.target)].map(([name, value]) => [name, value === '' ? undefined : value]);
  return Object.fromEntries(entries);
}
