import type { Contract, Language } from '../operation.ts';

/** What people call operations. */
export type OperationTitles = {
  /** In a language; null for an operation of an older release. */
  title: (operation: string, language: Language) => string | null;
  /** Operations whose title, in either language, has the text. */
  named: (text: string) => string[];
};

/** The titles of all contracts, read when they are first asked for: rooms come to be one after another. */
export function operationTitles(contracts: () => readonly Contract[]): OperationTitles {
  let known: Map<string, { ko: string; en: string }> | undefined;
  const titles = () =>
    (known ??= new Map(
      contracts().flatMap(({ operations }) =>
        Object.values(operations).map(({ name, title }) => [name, title] as const),
      ),
    ));
  return {
    title: (operation, language) => titles().get(operation)?.[language] ?? null,
    named(text) {
      const part = text.toLowerCase();
      return [...titles()]
        .filter(([, { ko, en }]) => ko.includes(part) || en.toLowerCase().includes(part))
        .map(([name]) => name);
    },
  };
}
