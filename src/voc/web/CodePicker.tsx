import { Combobox } from '@base-ui/react/combobox';
import { getChoseong } from 'es-hangul';
import { useMemo } from 'react';
import { useText, useTitle } from '#platform/language.tsx';
import { normalise } from '#platform/search.ts';
import { Icon } from '#ui/index.tsx';
import { type Code, useCodeName } from './codes.ts';
import { text } from './text.ts';
import styles from './Voc.module.css';

type Props = {
  codes: readonly Code[];
  byCode: ReadonlyMap<string, Code>;
  value: string | undefined;
  onPick: (code: string | undefined) => void;
  /** A code of any level, for filters; else only the last level, as records have. */
  anyLevel?: boolean;
};

/** By any part of its name in either language, joined or not, by initial consonants (ㅂㅅㅈㅇ), or by itself. */
function isNamed(code: Code, label: string, query: string): boolean {
  const typed = normalise(query);
  if (typed === '') return true;
  return [label, code.name.ko, code.name.en, code.code].some(
    (name) =>
      normalise(name).includes(typed) ||
      getChoseong(name)
        .replaceAll(/[^ㄱ-ㅎ]/g, '')
        .includes(typed),
  );
}

/** Finds a code by its name in either language or by itself. */
export function CodePicker({ codes, byCode, value, onPick, anyLevel }: Props) {
  const t = useText(text);
  const title = useTitle();
  const nameOf = useCodeName(byCode);
  const offered = useMemo(
    () => codes.filter((code) => (anyLevel || code.level === 3) && !code.retiredAt),
    [codes, anyLevel],
  );
  const found = value ? (byCode.get(value) ?? null) : null;
  const label = (code: Code) => [nameOf(code.code).parent, title(code.name)].filter(Boolean).join(' › ');
  return (
    <Combobox.Root
      items={offered}
      value={found}
      onValueChange={(code: Code | null) => onPick(code?.code)}
      itemToStringLabel={label}
      limit={60}
      filter={(code, query) => isNamed(code, label(code), query)}
    >
      <span className={styles.picker}>
        <Icon name="tag" small className="t3" />
        <Combobox.Input placeholder={t.choose} aria-label={t.code} />
      </span>
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={4} className={styles.positioner}>
          <Combobox.Popup className={styles.popup}>
            <Combobox.Empty className={styles.noCode}>{t.noCode}</Combobox.Empty>
            <Combobox.List>
              {(code: Code) => (
                <Combobox.Item key={code.code} value={code} className={styles.option}>
                  <span className="grow el">{label(code)}</span>
                  <span className="t3 f11">{code.code}</span>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
