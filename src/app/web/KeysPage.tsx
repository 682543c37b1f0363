import { defaultKeys, type Hotkey, type HotkeyLayer } from '#platform/hotkeys.ts';
import { useBoundHotkeys } from '#platform/hotkeys-react.ts';
import { useText, useTitle } from '#platform/language.tsx';
import { Button, Dialog, IconButton, Kbd } from '#ui/index.tsx';
import styles from './Palette.module.css';
import { text } from './text.ts';
import { type Rebinding, useRebinding } from './useRebinding.ts';

const LAYERS = ['page', 'panel', 'frame'] as const satisfies readonly HotkeyLayer[];

/** The keys in force on this page, read from what is bound; each can be given another place. */
export function KeysPage({ onClose }: { onClose: () => void }) {
  const t = useText(text);
  const bound = useBoundHotkeys();
  const rebinding = useRebinding(bound);
  const groups = LAYERS.map((layer) => [layer, oneEach(bound.filter((hotkey) => hotkey.layer === layer))] as const);
  return (
    <Dialog title={t.keysInForce} about={t.keysAbout} wide onClose={onClose}>
      <p role="status" className={styles.keyNote}>
        {rebinding.note}
      </p>
      <div className={styles.keys}>
        {groups
          .filter(([, list]) => list.length > 0)
          .map(([layer, list]) => (
            <KeyGroup key={layer} title={t[`layer_${layer}`]} list={list} rebinding={rebinding} />
          ))}
      </div>
      {rebinding.changed && (
        <Button small onClick={rebinding.resetAll}>
          {t.standardKeys}
        </Button>
      )}
    </Dialog>
  );
}

type GroupProps = { title: string; list: readonly Hotkey[]; rebinding: Rebinding };

function KeyGroup({ title, list, rebinding }: GroupProps) {
  const t = useText(text);
  const words = useTitle();
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {list.map((hotkey) => (
          <li key={`${defaultKeys(hotkey)} ${hotkey.title.en}`}>
            <span className="grow">{words(hotkey.title)}</span>
            {hotkey.standard && (
              <IconButton icon="undo" label={t.standardKey} onClick={() => rebinding.reset(hotkey)} />
            )}
            <Button
              small
              look="quiet"
              aria-label={t.rebind(words(hotkey.title), hotkey.keys)}
              aria-pressed={rebinding.isWaiting(hotkey)}
              onClick={() => rebinding.start(hotkey)}
            >
              {rebinding.isWaiting(hotkey) ? (
                <span className={styles.waiting}>…</span>
              ) : (
                <Kbd exact keys={hotkey.keys} />
              )}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function oneEach(list: readonly Hotkey[]): Hotkey[] {
  const seen = new Set<string>();
  return list.filter((hotkey) => {
    const { title, hidden, when } = hotkey;
    const name = `${defaultKeys(hotkey)} ${title.en}`;
    if (hidden || seen.has(name) || (when && !when())) return false;
    seen.add(name);
    return true;
  });
}
