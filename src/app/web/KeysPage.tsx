import type { Hotkey, HotkeyLayer } from '#platform/hotkeys.ts';
import { useBoundHotkeys } from '#platform/hotkeys-react.ts';
import { useText, useTitle } from '#platform/language.tsx';
import { Dialog, Kbd } from '#ui/index.tsx';
import styles from './Palette.module.css';
import { text } from './text.ts';

const LAYERS: readonly HotkeyLayer[] = ['page', 'panel', 'frame'];

/** The keys in force on this page, read from what is bound. */
export function KeysPage({ onClose }: { onClose: () => void }) {
  const t = useText(text);
  const bound = useBoundHotkeys();
  const groups = LAYERS.map((layer) => [layer, oneEach(bound.filter((hotkey) => hotkey.layer === layer))] as const);
  return (
    <Dialog title={t.keysInForce} about={t.keysAbout} wide onClose={onClose}>
      <div className={styles.keys}>
        {groups
          .filter(([, list]) => list.length > 0)
          .map(([layer, list]) => (
            <KeyGroup key={layer} title={t[`layer_${layer}`]} list={list} />
          ))}
      </div>
    </Dialog>
  );
}

function KeyGroup({ title, list }: { title: string; list: readonly Hotkey[] }) {
  const words = useTitle();
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {list.map((hotkey) => (
          <li key={`${hotkey.keys} ${hotkey.title.en}`}>
            <span className="grow">{words(hotkey.title)}</span>
            <Kbd keys={hotkey.keys} />
            <span className="sr">{hotkey.keys}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function oneEach(list: readonly Hotkey[]): Hotkey[] {
  const seen = new Set<string>();
  return list.filter(({ keys, title, hidden, when }) => {
    const name = `${keys} ${title.en}`;
    if (hidden || seen.has(name) || (when && !when())) return false;
    seen.add(name);
    return true;
  });
}
