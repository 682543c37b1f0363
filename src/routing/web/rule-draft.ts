import type { InputOf, OutputOf } from '#platform/web.ts';

export type Version = OutputOf<'routing.versions'>['items'][number];
export type RuleIn = InputOf<'routing.save'>['rules'][number];

/** A rule as it is typed: lists as one line each. */
export type RuleDraft = {
  key: string;
  name: string;
  words: string;
  without: string;
  senders: string;
  mall: string;
  channel: string;
  person: string;
  personName: string;
  tag: string;
};

const list = (line: string): string[] => line.split(',').flatMap((part) => part.trim() || []);
const line = (of: readonly string[]): string => of.join(', ');

export const emptyRule = (): RuleDraft => ({
  ...{ key: crypto.randomUUID(), name: '', words: '', without: '', senders: '', mall: '', channel: '' },
  ...{ person: '', personName: '', tag: '' },
});

export const draftsOf = (version: Version | undefined): RuleDraft[] =>
  (version?.rules ?? []).map((rule) => ({
    ...{ key: crypto.randomUUID(), name: rule.name, words: line(rule.words), without: line(rule.without) },
    ...{ senders: line(rule.senders), mall: line(rule.malls), channel: line(rule.channels) },
    ...{ person: rule.person, personName: rule.personName, tag: rule.tag },
  }));

export const asRule = (draft: RuleDraft): RuleIn => ({
  ...{ name: draft.name.trim(), words: list(draft.words), without: list(draft.without), senders: list(draft.senders) },
  ...{ malls: list(draft.mall), channels: list(draft.channel) as NonNullable<RuleIn['channels']> },
  ...{ person: draft.person, tag: draft.tag.trim() },
});

/** Whether it can be tried and saved. */
export const isWhole = (draft: RuleDraft): boolean =>
  draft.name.trim() !== '' && draft.person !== '' && list(draft.words).length + list(draft.senders).length > 0;
