import { lazy, Suspense, useState } from 'react';
import { useText, words } from '#platform/language.tsx';
import { IconButton } from './Button.tsx';
import styles from './Table.module.css';
import type { Columns } from './useColumns.ts';

const Body = lazy(() =>
  import('./TableSettingsBody.tsx').then(({ TableSettingsBody }) => ({ default: TableSettingsBody })),
);
const text = words({ ko: { columns: '열과 줄 간격' }, en: { columns: 'Columns and spacing' } });

/** The button in the table's corner that opens its settings; they are loaded when first asked for. */
export function TableSettings<R extends object>({ label, columns }: { label: string; columns: Columns<R> }) {
  const t = useText(text);
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.corner}>
      <IconButton icon="columns" label={t.columns} aria-haspopup="dialog" onClick={() => setOpen(true)} />
      {open && (
        <Suspense>
          <Body label={label} columns={columns as unknown as Columns<object>} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
