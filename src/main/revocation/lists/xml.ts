import type { Json } from './json-text.ts';
import { withoutEntities } from './markup.ts';

/** A start tag with its attributes, an end tag, what says nothing about people, or text. */
const PART =
  /<\?[^<>]{0,2000}\?>|<!DOCTYPE[^<>]{0,2000}>|<!--([\s\S]*?)-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([\w:.-]{1,100})\s*>|<([\w:.-]{1,100})((?:\s+[\w:.-]{1,100}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;
const ATTRIBUTE = /([\w:.-]{1,100})\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
/** Elements of HTML, which is read as a page. */
const PAGE = /<(?:html|body|table|tr|td|p|div|span|a|ul|ol|li|dl|br|select|form|h[1-6]|pre|b|em|strong)\b/i;

interface Element {
  readonly name: string;
  /** Attributes and elements in it, in order. */
  readonly parts: [name: string, value: Json][];
  text: string;
}

/** XML as JSON would have it, and its comments; null when the text is none. */
export function parseXml(
  text: string,
): { readonly value: Json; readonly comments: readonly string[] } | null {
  if (!/^\s*<[\w?!]/.test(text) || PAGE.test(text)) return null;
  const comments: string[] = [];
  const root: Element = { name: '', parts: [], text: '' };
  const open: Element[] = [root];
  let at = 0;
  while (at < text.length) {
    PART.lastIndex = at;
    const part = PART.exec(text);
    const current = open.at(-1);
    if (!part || !current || open.length > MAX_NESTED) return null;
    at = PART.lastIndex;
    const [, comment, data, ends, begins, attributes = '', empty, characters] = part;
    if (comment !== undefined) comments.push(comment.trim());
    else if (data !== undefined || characters !== undefined)
      current.text += data ?? withoutEntities(characters ?? '');
    else if (begins !== undefined) {
      const element: Element = { name: begins, parts: [], text: '' };
      for (const [, name = '', double, single] of attributes.matchAll(ATTRIBUTE))
        element.parts.push([name, withoutEntities(double ?? single ?? '')]);
      if (empty === '/') current.parts.push([begins, valueOf(element)]);
      else open.push(element);
    } else if (ends !== undefined) {
      open.pop();
      if (current.name !== ends || open.length === 0) return null;
      open.at(-1)?.parts.push(namedByAttribute(current) ?? [ends, valueOf(current)]);
    }
  }
  const isWhole = open.length === 1 && root.text.trim() === '' && root.parts.length > 0;
  return isWhole ? { value: valueOf(root), comments } : null;
}

/** `<S N="mail">a@x.org</S>`, as PowerShell and SAML write fields: the attribute is the name. */
function namedByAttribute({ parts, text }: Element): [string, Json] | null {
  const [only] = parts;
  const value = text.trim();
  return parts.length === 1 &&
    only &&
    /^(?:n|name|key)$/i.test(only[0]) &&
    typeof only[1] === 'string' &&
    value !== ''
    ? [only[1], value]
    : null;
}

/** Deeper is nobody's list. */
const MAX_NESTED = 60;

/** A text, or an object, in which a name that comes again has all its values. */
function valueOf({ parts, text }: Element): Json {
  const own = text.trim();
  if (parts.length === 0) return own;
  const values = new Map<string, Json[]>();
  if (own !== '') values.set('text', [own]);
  for (const [name, value] of parts) {
    const before = values.get(name);
    if (before) before.push(value);
    else values.set(name, [value]);
  }
  return Object.fromEntries(
    [...values].map(([name, all]): [string, Json] => [name, all.length === 1 ? (all[0] ?? '') : all]),
  );
}
