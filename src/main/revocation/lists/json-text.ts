/** What JSON is made of. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** As `Array.isArray`, which makes `any` of what it finds. */
export const isArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
/** Neither null nor an array, both of which `typeof` calls objects. */
export const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !isArray(value);

/** `const users = [`: JSON that was copied out of a program. */
const ASSIGNED = /^\s*(?:export\s+)?(?:(?:const|let|var)\s+)?[$\w.]{1,60}\s*=\s*(?=[[{])/;

/**
 * The text as JSON, or as what people take for it: an object a line, several objects one behind the other, a comma too
 * many, the quotation marks of Python. Undefined when it is none of these.
 */
export function parseJson(whole: string): Json | undefined {
  const text = whole.replace(ASSIGNED, '').replace(/;\s*$/, '');
  if (!/^\s*[[{]/.test(text)) return undefined;
  const strict = parsed(text);
  if (strict !== undefined) return strict;
  // A comma too many; a string that does not end takes the rest, so that this stays linear.
  const fewer = text.replace(/"(?:[^"\\]|\\.)*"?|,(?=\s*[\]}])/g, (part) => (part === ',' ? '' : part));
  // No line ends inside of a string, so that these two parts belong to two objects.
  const several = fewer.replace(/\}\s*\{/g, (part) => (part.includes('\n') ? '},{' : part));
  return (
    parsed(fewer) ??
    parsed(`[${several.trim().replace(/,$/, '')}]`) ??
    (text.includes('"') ? undefined : parsed(fromPython(fewer)))
  );
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** `[{'id': None}]`. An apostrophe inside a string makes it unreadable as JSON: then it is read as a text. */
const fromPython = (text: string): string =>
  text
    .replaceAll("'", '"')
    .replace(/\bNone\b/g, 'null')
    .replace(/\bTrue\b/g, 'true')
    .replace(/\bFalse\b/g, 'false');

const MAX_TEXT_DEPTH = 100;

/** Whether arrays and objects stand in each other deeper than anybody's: a text can nest a million. Without recursion. */
export function isTooDeep(value: Json): boolean {
  let level: readonly Json[] = [value];
  for (let depth = 0; depth <= MAX_TEXT_DEPTH; depth += 1) {
    const next: Json[] = [];
    for (const value of level)
      if (isArray(value)) for (const child of value) next.push(child);
      else if (isObject(value)) for (const child of Object.values(value)) next.push(child);
    level = next.filter((value) => typeof value === 'object' && value !== null);
    if (level.length === 0) return false;
  }
  return true;
}
