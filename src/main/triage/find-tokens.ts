import type { TokenPlace, TokenWholeness } from '../../shared/triage.ts';
import { findHosts, findRegionNames, nearestRegion, type NamedHost } from '../../shared/find-hosts.ts';
import { isGuid } from '../../shared/guid.ts';
import { base64At, pemBlocks } from './encoded-text.ts';
import { isOtherSecret, isOtherToken } from './other-secrets.ts';
import {
  blankAt,
  contextBefore,
  escapeLength,
  isQuotedPrintable,
  lineBreakAt,
  trimEndOf,
  trimToLength,
} from './token-text.ts';
import { plainCharacters } from './plain-characters.ts';

/** A token met in a text; `value` is the secret itself and stays in main. */
export interface Finding {
  readonly value: string;
  readonly place: TokenPlace;
  readonly wholeness: TokenWholeness;
  /** 1-based. */
  readonly line: number;
  /** AWS region of the Genesys host, or else of the region's name, that stands nearest to it; null where the text has none. */
  readonly regionId: string | null;
}

/** What a text holds. */
interface Found {
  /** The surest first, then in the order of the text; at most `MAX_FINDINGS`. */
  readonly tokens: readonly Finding[];
  /** Of what is in base64 at most as many are counted. */
  readonly total: number;
}

/** Most findings that are told: whoever pastes more has pasted the wrong thing. */
export const MAX_FINDINGS = 10;

/** Characters of Genesys Cloud's own tokens, of the base64url alphabet. */
const WHOLE = 86;
const MIN = 20;
const MIN_LOOSE = 60;
const MAX = 2048;

/** Most lines that one token is put together from. */
const MAX_PIECES = 8;
/** Shortest first piece of one that is called a token. */
const MIN_PIECE = 8;

/** Base64 in base64: a secret of Kubernetes in a mail. */
const MAX_DEPTH = 2;

/** Of `b64token` (RFC 6750). */
const RUN = /[A-Za-z0-9\-._~+/]+/g;
const BASE64URL = /^[A-Za-z0-9_-]+$/;
/** Three parts, the first of which is `{"` in base64: its signature can have 86 characters too. */
const JWT = /^eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

const PLACES: readonly TokenPlace[] = ['alone', 'bearer', 'field', 'address', 'loose'];

interface Candidate extends Omit<Finding, 'line' | 'regionId'> {
  readonly at: number;
  /** Of the text that it was encoded in, where that names one. */
  readonly regionId?: string | null;
}

/**
 * Finds what can be an access token in a text: a log line, a curl command, a JSON body, a header, a mail, or the token
 * alone. Each value once. Each run of characters is looked at once, with a bounded number of characters around it: linear
 * in the text.
 */
export function findTokens(text: string): Found {
  return findIn(text, 0);
}

function findIn(text: string, depth: number): Found {
  const clean = plainCharacters(text, WHOLE);
  const candidates = new Map<string, Candidate>();
  for (const candidate of candidatesIn(clean, depth)) {
    const { value, place } = candidate;
    const known = candidates.get(value);
    if (!known || PLACES.indexOf(place) < PLACES.indexOf(known.place)) candidates.set(value, candidate);
  }
  const named = regionsIn(clean);
  const surest = [...candidates.values()].sort(bySureness).slice(0, MAX_FINDINGS);
  const tokens = surest.map(({ at, regionId, ...candidate }) => ({
    ...candidate,
    line: candidate.place === 'alone' ? 1 : lineOf(clean, at),
    regionId: regionId ?? nearestRegion(named, at, clean),
  }));
  return { tokens, total: candidates.size };
}

/** Its hosts, those that quoted-printable broke over two lines, or else its regions by name. */
function regionsIn(text: string): readonly NamedHost[] {
  const hosts = findHosts(text);
  if (hosts.length > 0) return hosts;
  const broken = isQuotedPrintable(text) ? findHosts(text.replaceAll(/=\r?\n/g, '')) : [];
  return broken.length > 0 ? broken : findRegionNames(text);
}

function* candidatesIn(clean: string, depth: number): Generator<Candidate> {
  const quotedPrintable = isQuotedPrintable(clean);
  const pem = pemBlocks(clean);
  let usedTo = 0;
  let decodedTo = 0;
  for (const { index, 0: run } of clean.matchAll(RUN)) {
    while ((pem[0]?.end ?? Infinity) <= index) pem.shift();
    if (index < usedTo || (pem[0]?.from ?? Infinity) < index + run.length) continue;
    const encoded = depth < MAX_DEPTH && index >= decodedTo ? base64At(clean, index) : null;
    if (encoded) decodedTo = encoded.end;
    if (encoded && encoded.text !== null && encoded.end >= index + run.length) {
      const around = placeOf(clean, index);
      for (const { value, place, wholeness, regionId } of findIn(encoded.text, depth + 1).tokens)
        yield { value, place: place === 'alone' ? around : place, wholeness, regionId, at: index };
      usedTo = encoded.end;
      continue;
    }
    for (let at = index; at < index + run.length; at = usedTo) {
      const found = readRun(clean, at, clean.slice(at, index + run.length), quotedPrintable);
      if (found === null) break;
      usedTo = found.end;
      yield found.candidate;
    }
  }
}

/** What has the length of Genesys Cloud's own first, whatever it is called. */
const bySureness = (a: Candidate, b: Candidate): number =>
  Number(b.value.length === WHOLE) - Number(a.value.length === WHOLE) ||
  PLACES.indexOf(a.place) - PLACES.indexOf(b.place) ||
  a.at - b.at;

/** Its first and last four characters, the rest as dots: enough to tell two apart, nothing to use. */
export function mask(value: string): string {
  if (value.length < 20) return '••••••••';
  return `${value.slice(0, 4)}••••••••${value.slice(-4)}`;
}

interface Read {
  readonly candidate: Candidate;
  /** Where the text goes on behind what was used. */
  readonly end: number;
}

/** What a run of characters says, together with the lines that it goes on in. */
function readRun(text: string, start: number, run: string, quotedPrintable: boolean): Read | null {
  if (run.length < MIN_PIECE || run.length > MAX + WHOLE) return null;
  const skipped = escapeLength(text, start, run, WHOLE, quotedPrintable);
  const at = start + skipped;
  const first = run.slice(skipped);
  const place = placeOf(text, at);
  const isPiece = first.length >= (place === 'loose' ? MIN : MIN_PIECE) && first.length < WHOLE;
  const joined = isPiece ? joinLines(text, at, first) : null;
  if (joined) {
    const whole = isAlone(text, at, joined.end) ? 'alone' : place;
    return isLikely(joined.value, whole)
      ? { candidate: { value: joined.value, place: whole, wholeness: 'joined', at }, end: joined.end }
      : null;
  }
  const value = tokenIn(first, place);
  if (value === null) return null;
  const offset = first.indexOf(value);
  const runEnd = start + run.length;
  const padding = /^={1,2}(?![A-Za-z0-9=])/.exec(text.slice(runEnd, runEnd + 3))?.[0] ?? '';
  const whole = offset + value.length === first.length && value.length !== WHOLE ? value + padding : value;
  const from = at + offset;
  // Another one can stand behind it, with nothing but a dot or a slash between them.
  const isFirst = whole.length === WHOLE && wholeIn(text.slice(from + WHOLE, runEnd)) !== undefined;
  const end = isFirst ? from + WHOLE : runEnd;
  const alone = isAlone(text, from, from + whole.length + (text[from + whole.length] === '.' ? 1 : 0));
  if (alone && !whole.includes('/'))
    return { candidate: { value: whole, place: 'alone', wholeness: wholenessOf(whole), at: from }, end };
  if (!isLikely(whole, place) || (value.length !== WHOLE && isOther(text, from, whole))) return null;
  return { candidate: { value: whole, place, wholeness: wholenessOf(whole), at: from }, end };
}

/** The token within one run: a part of exactly the length that Genesys Cloud issues, or the run without its full stop. */
function tokenIn(run: string, place: TokenPlace): string | null {
  const plain = trimEndOf(run, '.');
  if (plain.length < MIN || plain.length > MAX) return null;
  if (JWT.test(plain)) return plain;
  const part = wholeIn(plain);
  if (part !== undefined) return trimToLength(part, WHOLE);
  // Dots in the middle are where somebody left the rest out.
  if (plain.includes('..')) return null;
  return place === 'loose' && !BASE64URL.test(plain) ? null : plain;
}

/** The first part of a run that has the length of a token. */
const wholeIn = (run: string): string | undefined =>
  run.split(/[./~+]/).find((piece) => trimToLength(piece, WHOLE) !== null);

/**
 * A token that was broken over lines, or over blanks that were line ends once: their pieces together have exactly the
 * length that Genesys Cloud issues, with the hyphens at the ends of lines or without.
 */
function joinLines(text: string, at: number, first: string): { value: string; end: number } | null {
  if (!BASE64URL.test(first)) return null;
  const pieces = [first];
  let length = first.length;
  let end = at + length;
  while (pieces.length < MAX_PIECES && length < WHOLE) {
    const next = lineBreakAt(text, end) ?? blankAt(text, end);
    if (next === null) return null;
    const piece = /^[A-Za-z0-9_-]+/.exec(text.slice(next, next + WHOLE + 1))?.[0] ?? '';
    if (piece === '') return null;
    pieces.push(piece);
    length += piece.length;
    end = next + piece.length;
  }
  const whole = [pieces.join(''), pieces.join('\n').replaceAll('-\n', '').replaceAll('\n', '')];
  const value = whole.find((joined) => joined.length === WHOLE);
  return value === undefined ? null : { value, end };
}

const SPACE = /^\s*$/;

/** Whether nothing but white space stands around; a bounded look, so that it costs nothing in a long text. */
const isAlone = (text: string, from: number, to: number): boolean =>
  from < MAX && text.length - to < MAX && SPACE.test(text.slice(0, from)) && SPACE.test(text.slice(to));

/** What stands before a value says what it is. */
function placeOf(text: string, at: number): TokenPlace {
  const { word, mark } = contextBefore(text, at);
  if (word === 'bearer' && mark !== '') return 'bearer';
  if (!/(?:token|authorization)$/.test(word) || isOtherToken(word)) return 'loose';
  if (mark.includes('=')) return 'address';
  return mark.includes(':') ? 'field' : 'loose';
}

/** Nothing that is longer was ever seen from Genesys Cloud to be cut; what is shorter than its own may be. */
const wholenessOf = (value: string): TokenWholeness => (value.length < WHOLE ? 'maybe-cut' : 'whole');

/** Whether what does not have the length of a token says that it is something else: an id, a client's secret, an image. */
const isOther = (text: string, at: number, value: string): boolean =>
  isGuid(value) || isOtherSecret(contextBefore(text, at).word, value) || text.slice(at - 7, at) === 'base64,';

/** A long word or number that nobody named a token must at least look random. */
function isLikely(value: string, place: TokenPlace): boolean {
  if (place !== 'loose') return value.length >= MIN_LOOSE || /\d/.test(value);
  return value.length >= MIN_LOOSE && /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value);
}

function lineOf(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
