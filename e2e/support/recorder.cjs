// @ts-check
// Loaded into main before the app itself (`electron -r`), by tests alone: the app ships nothing of it. It writes down
// everything that main hands to the window, and every secret that main sends or is given on the network.
const { randomUUID } = require('node:crypto');
const { app, ipcMain, net } = require('electron');

/** Name of the call or event, and what crossed, as text. @type {{ name: string, text: string }[]} */
const crossed = [];
/** @type {Set<string>} */
const secrets = new Set();
Object.assign(globalThis, { recorder: { crossed, secrets } });

/** @param {string} name @param {unknown} value */
function note(name, value) {
  /** @this {any} @param {string} key @param {unknown} plain */
  function asText(key, plain) {
    const raw = this[key];
    if (ArrayBuffer.isView(raw))
      return Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1');
    return raw instanceof Error ? (raw.stack ?? String(raw)) : plain;
  }
  crossed.push({ name, text: JSON.stringify([value], asText) });
}

const { handle } = ipcMain;
ipcMain.handle = (channel, listener) =>
  handle.call(ipcMain, channel, async (event, ...args) => {
    try {
      const answer = await listener(event, ...args);
      note(channel, answer);
      return answer;
    } catch (error) {
      note(channel, error);
      throw error;
    }
  });

app.on('web-contents-created', (_event, contents) => {
  const { send } = contents;
  contents.send = (channel, ...args) => {
    note(channel, args);
    send.call(contents, channel, ...args);
  };
});

/** @param {unknown} secret */
const know = (secret) => {
  if (typeof secret === 'string' && secret !== '') secrets.add(secret);
};

const { fetch } = net;
net.fetch = async (input, init) => {
  const authorization = new Headers(init?.headers).get('authorization') ?? '';
  know(/^Bearer (.+)$/i.exec(authorization)?.[1]);
  const basic = /^Basic (.+)$/i.exec(authorization)?.[1];
  know(basic && Buffer.from(basic, 'base64').toString().split(':').slice(1).join(':'));
  if (typeof input !== 'string' || !input.endsWith('/oauth/token')) return fetch.call(net, input, init);

  const form = new URLSearchParams(String(init?.body ?? ''));
  for (const name of ['code', 'code_verifier', 'client_secret']) know(form.get(name));
  const answer = await fetch.call(net, input, init);
  if (!answer.ok) return answer;
  // Nobody asks for a refresh token. One that comes all the same must stay in main as well.
  const granted = { ...(await answer.json()), refresh_token: `refresh-${randomUUID()}` };
  know(granted.access_token);
  know(granted.refresh_token);
  return Response.json(granted, { status: answer.status });
};
