import { lexer, type Token } from 'marked';
import type { HelpPageId } from '../../../shared/help-pages.ts';

const FILES = import.meta.glob<string>('../../../../docs/runbooks/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The text of a runbook as Markdown tokens, its title left out: the dialog shows it. */
export function helpTokens(id: HelpPageId): readonly Token[] {
  const text = FILES[`../../../../docs/runbooks/${id}.md`] ?? '';
  return lexer(text).filter((token) => !(token.type === 'heading' && token.depth === 1));
}
