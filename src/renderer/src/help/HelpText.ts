import type { Token, Tokens } from 'marked';
import { h, type FunctionalComponent, type VNode } from 'vue';
import { helpLink, type HelpLink } from './links.ts';

type Children = (VNode | string)[];
type Follow = (link: HelpLink) => void;

/** Entities that marked leaves in the text of its tokens. */
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': '’',
};
const plain = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity).replace(/'/g, '’');

function link(token: Tokens.Link, follow: Follow): VNode | string {
  const target = helpLink(token.href);
  if (!target) return plain(token.text);
  if (target.kind === 'web')
    return h('span', [`${plain(token.text)}: `, h('span', { class: 'mono' }, target.address)]);
  return h(
    'button',
    { type: 'button', class: 'help-link', onClick: () => follow(target) },
    plain(token.text),
  );
}

function render(token: Token, follow: Follow): VNode | string {
  const children = (): Children => renderAll('tokens' in token ? (token.tokens ?? []) : [], follow);
  switch (token.type) {
    case 'heading':
      return h('h3', children());
    case 'paragraph':
      return h('p', children());
    case 'list':
      return h(
        (token as Tokens.List).ordered ? 'ol' : 'ul',
        (token as Tokens.List).items.map((item) => h('li', renderAll(item.tokens, follow))),
      );
    case 'link':
      return link(token as Tokens.Link, follow);
    case 'em':
      return h('em', children());
    case 'strong':
      return h('strong', children());
    case 'codespan':
      return h('code', plain((token as Tokens.Codespan).text));
    case 'space':
      return '';
    default:
      return 'tokens' in token ? h('span', children()) : plain((token as Tokens.Text).text);
  }
}

const renderAll = (tokens: readonly Token[], follow: Follow): Children =>
  tokens.map((token) => render(token, follow));

/** Markdown tokens as elements, without innerHTML: what a runbook holds can only become text. */
const HelpText: FunctionalComponent<{ tokens: readonly Token[] }, { follow: (link: HelpLink) => void }> = (
  { tokens },
  { emit },
) =>
  h(
    'div',
    { class: 'help-text' },
    renderAll(tokens, (target) => emit('follow', target)),
  );

HelpText.props = { tokens: { type: Array, required: true } };
HelpText.emits = ['follow'];

export default HelpText;
