// `npm run probe`: asks a real org what only a real org can answer, beside what the app assumes (docs/first-hour.md).
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { findRegion, REGIONS } from '../src/shared/regions.ts';
import { ProbeFailure } from './probe/caller.ts';
import { table } from './probe/finding.ts';
import { probe, type Credentials, type ProbeOptions } from './probe/probe.ts';

const USAGE = `npm run --silent probe -- --region REGION [options]

  --region R          ${REGIONS.slice(0, 3)
    .map(({ id }) => id)
    .join(', ')}, … (the ids in src/shared/regions.ts)
  --client-id ID      client credentials; the secret is asked for. Without it an access token is asked for.
  --json FILE         writes the table as JSON too: no secrets, no names, no ids
  --timeout-as-is     also PUTs the idle timeout exactly as it was read, after asking
  --revoke-own        also ends its own token, after asking, and looks how long that takes
  --api URL --login URL   instead of a region; http only on this computer

Secrets are typed, or come from TOKENDESK_PROBE_SECRET; never from the command line. Without the last two options
nothing is changed: it only reads, about 40 calls.
`;

function misuse(message: string): never {
  process.stderr.write(`probe: ${message}\n\n${USAGE}`);
  process.exit(2);
}

function readOptions() {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({
      options: {
        region: text,
        'client-id': text,
        json: text,
        api: text,
        login: text,
        'timeout-as-is': flag,
        'revoke-own': flag,
        help: flag,
      },
    }).values;
  } catch (error) {
    return misuse(error instanceof Error ? error.message : String(error));
  }
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** An address that may be given the secret. */
function checkedBase(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : misuse(`"${address}" is no address`);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.has(url.hostname)))
    misuse('only https, or http to this computer');
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function basesOf({ region, api, login }: ReturnType<typeof readOptions>): {
  apiBase: string;
  loginBase: string;
} {
  if (api !== undefined && login !== undefined)
    return { apiBase: checkedBase(api), loginBase: checkedBase(login) };
  const found =
    findRegion(region ?? '') ?? misuse(region === undefined ? 'which region?' : `no region "${region}"`);
  return { apiBase: `https://api.${found.host}`, loginBase: `https://login.${found.host}` };
}

let isHidden = false;
const echo = new Writable({
  write: (chunk: Buffer, _encoding, done) => {
    if (!isHidden) process.stderr.write(chunk);
    done();
  },
});
const input = createInterface({
  input: process.stdin,
  output: echo,
  terminal: process.stdin.isTTY,
});
const lines = input[Symbol.asyncIterator]();

/** One line, empty at the end of the input; a hidden one is not shown while it is typed. */
async function ask(question: string, { hidden = false } = {}): Promise<string> {
  process.stderr.write(question);
  isHidden = hidden;
  const line = await lines.next();
  isHidden = false;
  if (hidden) process.stderr.write('\n');
  return line.done ? '' : line.value.trim();
}

async function credentialsOf(clientId: string | undefined): Promise<Credentials> {
  const secret =
    process.env.TOKENDESK_PROBE_SECRET ??
    (await ask(clientId === undefined ? 'Access token: ' : 'Client secret: ', { hidden: true }));
  if (!/^[\x21-\x7e]+$/.test(secret)) misuse('that is no token or secret');
  return clientId === undefined
    ? { kind: 'token', token: secret }
    : { kind: 'client', clientId, clientSecret: secret };
}

const QUESTIONS = {
  'timeout-as-is': 'PUT the idle timeout of this org, exactly as it was read? Type "put": ',
  'revoke-own': 'End the token that this probe used? Type "end": ',
} as const;
const WORDS = { 'timeout-as-is': 'put', 'revoke-own': 'end' } as const;

const values = readOptions();
if (values.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}
const options: ProbeOptions = {
  ...basesOf(values),
  credentials: await credentialsOf(values['client-id']),
  timeoutAsIs: values['timeout-as-is'],
  revokeOwn: values['revoke-own'],
  agree: async (what) => (await ask(QUESTIONS[what])) === WORDS[what],
  now: Date.now,
  wait: async (ms) => {
    await delay(ms);
  },
};
try {
  const findings = await probe(options);
  process.stdout.write(`${table(findings)}\n`);
  if (values.json !== undefined)
    await writeFile(values.json, `${JSON.stringify({ format: 1, findings }, null, 2)}\n`, { mode: 0o600 });
} catch (error) {
  if (!(error instanceof ProbeFailure)) throw error;
  process.stderr.write(`probe: ${error.message}\n`);
  process.exitCode = 1;
} finally {
  input.close();
}
