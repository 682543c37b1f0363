import { readFileSync } from 'node:fs';

/** Channels and malls: empty for any. */
export type TemplateText = {
  folder: string;
  title: string;
  channels: string[];
  malls: string[];
  codes: string[];
  body: string;
};

const words = (cell: string | undefined) => (cell ?? '').split(' ').filter(Boolean);

/** What agents of a shop really write every day, in the twelve malls. */
export const TEMPLATE_TEXTS: readonly TemplateText[] = readFileSync(
  new URL('./templates_ko.tsv', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [folder = '', title = '', channels, malls, codes, text = ''] = line.split('\t');
    const lists = { channels: words(channels), malls: words(malls), codes: words(codes) };
    return { folder, title, ...lists, body: text.replaceAll('\\n', '\n') };
  });
