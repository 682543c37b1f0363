import { NAMES } from '../rules/variables.ts';
import styles from './Templates.module.css';

const SIGN = new RegExp(`\\[\\[[^\\[\\]\\n]+\\]\\]|\\{[?!]*(?:${NAMES.join('|')})[^{}\\n]*\\}|\\{[:/]\\}`, 'g');

/** Pieces of a text with where each begins: plain words, and the signs between them. */
function pieces(text: string): { from: number; words: string; sign: boolean }[] {
  const found = [];
  let from = 0;
  for (const match of text.matchAll(SIGN)) {
    if (match.index > from) found.push({ from, words: text.slice(from, match.index), sign: false });
    found.push({ from: match.index, words: match[0], sign: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ from, words: text.slice(from), sign: false });
  return found;
}

/** A text with its variables and blanks told apart by look and by their brackets. */
export function TemplateText({ text }: { text: string }) {
  return pieces(text).map(({ from, words, sign }) => (
    <span key={from} className={sign ? (words.startsWith('[[') ? styles.blank : styles.name) : undefined}>
      {words}
    </span>
  ));
}
