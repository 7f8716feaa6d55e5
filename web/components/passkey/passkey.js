// A form whose answer a passkey gives: asks the server for a question, the device for its answer, and sends the form with it.

const FRESH = 4 * 60 * 1000;

export default function (form) {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  form.hidden = false;
  document.getElementById(form.dataset.instead)?.setAttribute('hidden', '');
  const said = form.querySelector('[role=status]');
  let waiting;
  let asking = Promise.resolve();

  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (form.ariaBusy === 'true') return;
    form.ariaBusy = 'true';
    said.textContent = '';
    waiting?.abort();
    try {
      await answer({});
    } catch (error) {
      said.textContent = form.dataset.failed;
    }
    form.ariaBusy = 'false';
  });

  if ('autofill' in form.dataset) {
    remember();
    autofill();
  }

  async function answer(how) {
    // One question after the other: the browser keeps the secret of the last.
    asking = asking.catch(() => {}).then(ask);
    const asked = await asking;
    const credential = form.dataset.deed === 'create'
      ? await navigator.credentials.create({ publicKey: asked, ...how })
      : await navigator.credentials.get({ publicKey: asked, ...how });
    form.elements[form.dataset.field].value = JSON.stringify(written(credential));
    form.submit();
  }

  async function ask() {
    const headers = form.elements.csrf ? { 'X-CSRF-Token': form.elements.csrf.value } : {};
    const reply = await fetch(form.dataset.options, { method: 'POST', headers, body: new URLSearchParams() });
    if (!reply.ok) throw new Error(reply.status);
    return read(await reply.json());
  }

  /** The field for the address offers passkeys too. The question is renewed before it is too old to be answered. */
  async function autofill() {
    if (!await PublicKeyCredential.isConditionalMediationAvailable?.()) return;
    waiting = new AbortController();
    const renewal = setTimeout(() => { waiting.abort(); autofill(); }, FRESH);
    waiting.signal.addEventListener('abort', () => clearTimeout(renewal));
    await answer({ mediation: 'conditional', signal: waiting.signal }).catch(() => clearTimeout(renewal));
  }

  /** So that the server offers a passkey only where the device can make one. */
  async function remember() {
    if (document.cookie.includes('motette-passkey=')) return;
    if (await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable?.()) {
      const secure = location.protocol === 'https:' ? '; Secure' : '';
      document.cookie = `motette-passkey=able; path=/; max-age=3600; SameSite=Lax${secure}`;
    }
  }
}

function read(options) {
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    ...(options.excludeCredentials && { excludeCredentials: options.excludeCredentials.map(known) }),
    ...(options.allowCredentials && { allowCredentials: options.allowCredentials.map(known) }),
  };
}

function known(credential) {
  return { ...credential, id: bytes(credential.id) };
}

function written(credential) {
  const { response } = credential;
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: {},
    response: response.attestationObject
      ? { clientDataJSON: text(response.clientDataJSON), attestationObject: text(response.attestationObject), transports: [] }
      : {
          clientDataJSON: text(response.clientDataJSON),
          authenticatorData: text(response.authenticatorData),
          signature: text(response.signature),
          ...(response.userHandle && { userHandle: text(response.userHandle) }),
        },
  };
}

function bytes(text) {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0));
}

function text(buffer) {
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
