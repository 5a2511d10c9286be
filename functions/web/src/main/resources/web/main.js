import { render } from 'preact';
import { Knatter } from 'knatter';
import { App } from './app.js';
import { texts } from './texts.js';
import { html } from './view.js';

const described = document.querySelector('meta[name=knatter-sign-in]').content;
const issuer = described === '' ? null : JSON.parse(described);
const knatter = new Knatter();

if (localStorage.length > 0) {
  knatter.wake(); // somebody was logged in, and will need all of it
}
Object.assign(document.documentElement, { lang: texts.language, dir: texts.direction });
keepPage();
try {
  await knatter.resume(issuer);
} catch {
  // The issuer refused, or cannot be reached: the user may log in again.
}
render(html`<${App} knatter=${knatter} issuer=${issuer} />`, document.getElementById('app'));

/** Lets the browser keep the page for times without a connection. */
function keepPage() {
  if (!navigator.serviceWorker) {
    return;
  }
  const only = { createScriptURL: url => {
    if (url !== '/worker.js') {
      throw new TypeError('No such script.');
    }
    return url;
  } };
  const policy = globalThis.trustedTypes?.createPolicy('knatter', only) ?? only;
  navigator.serviceWorker.register(policy.createScriptURL('/worker.js')).catch(() => {});
}
