import { Dialog } from '@base-ui/react/dialog';
import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { getChoseong } from 'es-hangul';
import { useDeferredValue, useState } from 'react';
import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useText } from '#platform/language.tsx';
import { Icon, type IconName, Kbd } from '#ui/index.tsx';
import styles from './Palette.module.css';
import { PaletteHits } from './PaletteHits.tsx';
import { text } from './text.ts';
import { type Choice, usePaletteChoices } from './usePaletteChoices.ts';

type Props = { onClose: () => void; onKeys: () => void };

/** One field for screens, actions, people, orders and tickets: numbers, phones, names and initial consonants. */
export function Palette({ onClose, onKeys }: Props) {
  const t = useText(text);
  const [query, setQuery] = useState('');
  const typed = query.trim();
  const asked = useDeferredValue(typed);
  const navigate = useNavigate();
  const { screens, actions } = usePaletteChoices(onKeys);
  useHotkeys([{ keys: 'Esc', title: { ko: '닫기', en: 'Close' }, layer: 'dialog', typing: true, run: onClose }]);
  const run = (act: () => void) => () => {
    onClose();
    act();
  };
  const go = (to: string) => run(() => void navigate({ to }))();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup} aria-label={t.palette}>
          <Command shouldFilter={false} label={t.palette} loop>
            <div className={styles.field}>
              <Icon name="search" />
              <Command.Input
                autoFocus
                value={query}
                onValueChange={setQuery}
                placeholder={`${t.search} · ${t.searchHint}`}
              />
              <Kbd keys="Esc" />
            </div>
            <Command.List className={styles.list} label={t.palette}>
              <Choices heading={t.screens} choices={matching(screens, typed)} run={run} />
              <PaletteHits query={asked} onGo={go} />
              <Choices heading={t.actions} choices={matching(actions, typed)} run={run} />
              <Command.Empty className={styles.empty}>
                <p className="semi">{t.nothing}</p>
                <p className="t3">{t.nothingAbout}</p>
              </Command.Empty>
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type ChoicesProps = { heading: string; choices: readonly Choice[]; run: (act: () => void) => () => void };

function Choices({ heading, choices, run }: ChoicesProps) {
  if (choices.length === 0) return null;
  return (
    <Command.Group heading={heading}>
      {choices.map((choice) => (
        <Command.Item key={choice.id} value={choice.id} onSelect={run(choice.act)} className={styles.item}>
          <Icon name={choice.icon as IconName} />
          <span className="grow el">{choice.name}</span>
          {choice.keys && <Kbd keys={choice.keys} />}
        </Command.Item>
      ))}
    </Command.Group>
  );
}

/** Choices whose name holds the query, in either language or by initial consonants. */
function matching(choices: readonly Choice[], query: string): readonly Choice[] {
  if (query === '') return choices;
  const wanted = query.toLowerCase().replaceAll(' ', '');
  return choices.filter(({ words }) => {
    const names = [words.ko, words.en, getChoseong(words.ko)];
    return names.some((name) => name.toLowerCase().replaceAll(' ', '').includes(wanted));
  });
}
