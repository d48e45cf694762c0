import { mount } from '@vue/test-utils';
import type { Token, Tokens } from 'marked';
import { describe, expect, it } from 'vitest';
import HelpText from './HelpText.ts';
import { helpLink } from './links.ts';
import { HELP_PAGES } from '../../../shared/help-pages.ts';
import { helpTokens } from './texts.ts';

const DOCS = import.meta.glob<string>('../../../../docs/{guide.md,runbooks/*.md}', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const docs = (path: string): string => DOCS[`../../../../docs/${path}`] ?? '';
const files = Object.keys(DOCS)
  .map((path) => path.split('/').at(-1)!)
  .filter((name) => name !== 'guide.md' && name !== 'README.md');
const headingOf = (id: string): string =>
  docs(`runbooks/${id}.md`).split('\n')[0]!.replace('# ', '').replaceAll("'", '’');

const links = (tokens: readonly Token[]): readonly Tokens.Link[] =>
  tokens.flatMap((token) => {
    if (token.type === 'link') return [token as Tokens.Link];
    if (token.type === 'list') return (token as Tokens.List).items.flatMap((item) => links(item.tokens));
    return 'tokens' in token ? links(token.tokens ?? []) : [];
  });

describe('the runbooks in the app', () => {
  it('are those of docs/runbooks, under the same titles', () => {
    expect(HELP_PAGES.map(({ id }) => `${id}.md`).toSorted()).toEqual(files.toSorted());
    for (const { id, title } of HELP_PAGES) expect(headingOf(id)).toBe(title);
  });

  it.each(HELP_PAGES.map(({ id }) => id))('%s: every link leads somewhere, and limits are said', (id) => {
    const tokens = helpTokens(id);
    const targets = links(tokens);
    expect(targets.length).toBeGreaterThan(0);
    for (const { href } of targets) expect(helpLink(href), href).not.toBeNull();
    const headings = tokens
      .filter(({ type }) => type === 'heading')
      .map((token) => (token as Tokens.Heading).text);
    expect(headings).toContain('What Tokendesk cannot do');
  });

  it('point to sections that the guide has', () => {
    const guide = docs('guide.md');
    const sections = [...guide.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
      title!.toLowerCase().replaceAll(' ', '-'),
    );
    for (const { id } of HELP_PAGES)
      for (const { href } of links(helpTokens(id))) {
        const link = helpLink(href);
        if (link?.kind === 'place') expect(sections).toContain(link.place);
      }
  });

  it('become text and buttons, and no markup of their own', async () => {
    const wrapper = mount(HelpText, { props: { tokens: helpTokens('leaked-token') } });
    const button = wrapper.findAll('button').find((found) => found.text() === 'Inspect another token');
    await button!.trigger('click');
    expect(wrapper.emitted('follow')).toEqual([[{ kind: 'place', place: 'inspect-another-token' }]]);
    expect(wrapper.findAll('ol > li').length).toBeGreaterThan(4);
    expect(wrapper.find('a').exists()).toBe(false);
  });
});
