import { signIn } from 'knatter';
import { explain, texts } from './texts.js';
import { Field, html, useState, values } from './view.js';

/** Logging in and registering. */
export function Login({ knatter, issuer }) {
  const [registering, setRegistering] = useState(false);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);

  async function submit(event) {
    const { username, password, displayName } = values(event);
    setBusy(true);
    setError('');
    try {
      if (registering) {
        await register({ username, password, displayName });
      }
      await knatter.login(username, password, { name: deviceName() });
    } catch (failure) {
      const refused = registering ? texts.problems['username-taken'] : texts.wrongPassword;
      setError(failure.status === 401 ? refused : explain(failure));
      setBusy(false);
    }
  }

  async function register(account) {
    try {
      await knatter.register(account);
      setRegistering(false); // from here on only the login is tried again
    } catch (failure) {
      // The answer to an earlier attempt may be lost: whether the name is this user's own, the login finds out.
      if (failure.type !== 'username-taken') {
        throw failure;
      }
    }
  }

  function change() {
    if (!registering) {
      knatter.wake(['/v1/register']);
    }
    setRegistering(!registering);
  }

  return html`<main class="login">
    <form onSubmit=${submit}>
      <h1>${texts.product}</h1>
      <h2>${registering ? texts.register : texts.logIn}</h2>
      <${Field} name="username" label=${texts.username} hint=${registering && texts.usernameHint} required
        autocomplete="username" autocapitalize="none" spellcheck=${false} minlength="3" maxlength="32" dir="ltr"
        onFocus=${() => knatter.wake()} />
      <${Field} name="password" label=${texts.password} hint=${registering && texts.passwordHint} required type="password"
        autocomplete=${registering ? 'new-password' : 'current-password'} minlength="8" maxlength="256" />
      ${registering && html`<${Field} name="displayName" label=${texts.displayName} maxlength="64"
        autocomplete="name" dir="auto" />`}
      <p role="alert" class="error">${error}</p>
      <button class="main" disabled=${busy}>${registering ? texts.register : texts.logIn}</button>
      <button type="button" class="link" onClick=${change}>
        ${registering ? texts.toLogIn : texts.toRegister}
      </button>
      ${issuer && html`<button type="button" onClick=${() => signIn(issuer).catch(failure => setError(explain(failure)))}>
        ${texts.signIn}</button>`}
    </form>
  </main>`;
}

/** A name by which its owner knows the session again. */
function deviceName() {
  const data = navigator.userAgentData;
  const brand = data?.brands?.find(each => !/not.?a.?brand|chromium/i.test(each.brand))?.brand;
  return [brand ?? texts.device, data?.platform].filter(Boolean).join(', ').slice(0, 64);
}
