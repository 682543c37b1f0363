import { getChoseong } from 'es-hangul';
import { normalise, otherKeyboard } from '#platform/search.ts';

type Found = { title: string; body: string; folder: { name: string } };

/**
 * Templates that hold what was typed, in their order: any part of title, folder or text, the initial consonants of the
 * title (ㅅㅈ finds 송장), what was typed on the wrong keyboard. Those whose title holds it come first.
 */
export function findTemplates<T extends Found>(templates: readonly T[], typed: string): readonly T[] {
  const needles = [normalise(typed), otherKeyboard(typed) ?? ''].filter((needle) => needle !== '');
  if (needles.length === 0) return templates;
  const holds = (text: string) => needles.some((needle) => text.includes(needle));
  const inTitle = (template: T) =>
    holds(normalise(template.title)) || holds(getChoseong(template.title).replace(/\s+/g, ''));
  const first = templates.filter(inTitle);
  const rest = templates.filter(
    (template) =>
      !first.includes(template) && (holds(normalise(template.folder.name)) || holds(normalise(template.body))),
  );
  return [...first, ...rest];
}
