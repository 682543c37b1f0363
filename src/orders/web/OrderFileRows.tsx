import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Facts, Part } from '#ui/index.tsx';
import { text } from './text.ts';

/** What the mall's file said of this order in columns that Haedap does not read; nothing when it came otherwise. */
export function OrderFileRows({ id }: { id: string }) {
  const t = useText(text);
  const language = useLanguage();
  const can = useCan();
  const told = useOperation('orders.fileRows', { id }, { enabled: can('orders.fileRows') });
  if (!told.data || told.data.rows.length === 0) return null;
  const { file, at, rows } = told.data;
  return (
    <Part title={t.fileRows} about={`${file} · ${at ? moment(new Date(at), language) : ''}`}>
      {rows.map(({ no, cells }) => (
        <details key={no} open={rows.length === 1}>
          <summary>{t.fileRow(String(no))}</summary>
          <Facts rows={Object.entries(cells)} />
        </details>
      ))}
    </Part>
  );
}
