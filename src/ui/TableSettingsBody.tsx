import { useText, words } from '#platform/language.tsx';
import { Button, IconButton } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import { CheckField } from './Field.tsx';
import { MAX_WIDTH, MIN_WIDTH } from './list-preference.ts';
import styles from './Table.module.css';
import { Tabs } from './Tabs.tsx';
import type { Columns } from './useColumns.ts';

const text = words({
  ko: {
    title: (list: string) => `${list}: 열과 줄 간격`,
    about: '다른 컴퓨터에서 로그인해도 그대로입니다.',
    spacing: '줄 간격',
    normal: '보통',
    dense: '좁게',
    width: (column: string) => `${column} 너비`,
    earlier: (column: string) => `${column}: 앞으로`,
    later: (column: string) => `${column}: 뒤로`,
    reset: '처음대로',
    done: '닫기',
  },
  en: {
    title: (list: string) => `${list}: columns and spacing`,
    about: 'Kept with you, on every computer.',
    spacing: 'Spacing',
    normal: 'Normal',
    dense: 'Dense',
    width: (column: string) => `Width of ${column}`,
    earlier: (column: string) => `${column}: earlier`,
    later: (column: string) => `${column}: later`,
    reset: 'As it was',
    done: 'Close',
  },
});

type Props = { label: string; columns: Columns<object>; onClose: () => void };

/** Which columns a table shows, in which order, how wide, and how dense its rows are. Each change holds at once. */
export function TableSettingsBody({ label, columns, onClose }: Props) {
  const t = useText(text);
  const isShown = (id: string) => columns.shown.some((column) => column.id === id);
  const actions = (
    <>
      <Button icon="undo" disabled={!columns.changed} onClick={columns.reset}>
        {t.reset}
      </Button>
      <Button look="primary" onClick={onClose}>
        {t.done}
      </Button>
    </>
  );
  return (
    <Dialog title={t.title(label)} about={t.about} onClose={onClose} actions={actions}>
      <Tabs
        label={t.spacing}
        value={columns.density}
        items={[
          { value: 'normal', name: t.normal },
          { value: 'dense', name: t.dense },
        ]}
        onChange={columns.setDensity}
        controls="table-columns"
      />
      <ul id="table-columns" role="tabpanel" aria-label={t.spacing} className={styles.choices}>
        {columns.inOrder.map((column, index) => (
          <li key={column.id}>
            <CheckField
              label={column.title}
              checked={isShown(column.id)}
              disabled={isShown(column.id) && columns.shown.length === 1}
              onChange={(event) => columns.show(column.id, event.target.checked)}
            />
            <span className="grow" />
            <input
              type="number"
              className={styles.width}
              aria-label={t.width(column.title)}
              min={MIN_WIDTH}
              max={MAX_WIDTH}
              step={8}
              value={columns.width(column)}
              onChange={(event) => columns.resize(column.id, event.target.valueAsNumber || MIN_WIDTH)}
            />
            <IconButton
              icon="up"
              label={t.earlier(column.title)}
              disabled={index === 0}
              onClick={() => columns.move(column.id, -1)}
            />
            <IconButton
              icon="down"
              label={t.later(column.title)}
              disabled={index === columns.inOrder.length - 1}
              onClick={() => columns.move(column.id, 1)}
            />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
