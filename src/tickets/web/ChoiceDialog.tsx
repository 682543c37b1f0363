import { useHotkeys } from '#platform/hotkeys-react.ts';
import { Dialog, Kbd } from '#ui/index.tsx';
import styles from './Desk.module.css';

type Choice<V> = { value: V; name: string; about?: string };
type Props<V> = {
  title: string;
  choices: readonly Choice<V>[];
  chosen: V | null;
  onChoose: (value: V) => void;
  onClose: () => void;
};

/** One of a few: its digit takes it. */
export function ChoiceDialog<V extends string>({ title, choices, chosen, onChoose, onClose }: Props<V>) {
  const take = (value: V) => {
    onChoose(value);
    onClose();
  };
  useHotkeys(
    choices.map(({ value, name }, index) => ({
      keys: String(index + 1),
      title: { ko: name, en: name },
      layer: 'dialog' as const,
      run: () => take(value),
    })),
  );
  return (
    <Dialog title={title} onClose={onClose}>
      <ul className={styles.people}>
        {choices.map(({ value, name, about }, index) => (
          <li key={value}>
            <button type="button" aria-pressed={value === chosen} onClick={() => take(value)}>
              <span className="grow">
                {name} {about && <span className="t3">{about}</span>}
              </span>
              <Kbd keys={String(index + 1)} />
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
