import { createContext, type ReactNode, useContext, useEffect } from 'react';
import type { Language, Words } from './operation.ts';

const LanguageContext = createContext<Language>('ko');

/** Gives the screens below their language, and the document too: readers, hyphenation and calls follow it. */
export function LanguageProvider({ language, children }: { language: Language; children: ReactNode }) {
  document.documentElement.lang = language;
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

export const useLanguage = (): Language => useContext(LanguageContext);

type Entry = string | ((...values: never[]) => string);
type SameKeys<T> = { [K in keyof T]: T[K] extends (...values: infer A) => string ? (...values: A) => string : string };
type Wide<T> = SameKeys<T>;

/** The words of a screen, Korean and English side by side: a word missing on one side does not compile. */
export function words<T extends Record<string, Entry>>(text: {
  ko: T;
  en: NoInfer<SameKeys<T>>;
}): Record<Language, Wide<T>> {
  return text as unknown as Record<Language, Wide<T>>;
}

/** The words in the language of the person. */
export function useText<T>(text: Record<Language, T>): T {
  return text[useLanguage()];
}

/** One title of a contract or screen, in the language of the person. */
export function useTitle(): (title: Words) => string {
  const language = useLanguage();
  return (title) => title[language];
}
