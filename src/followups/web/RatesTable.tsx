import type { ReactNode } from 'react';
import { useText, useTitle } from '#platform/language.tsx';
import { useFilter } from '#platform/search-params.ts';
import { type OutputOf, useOperation } from '#platform/web.ts';
import { dayKey } from '#ui/format.ts';
import { Empty, ErrorNote, Page, Scroll, SelectField, Skeleton, useNow } from '#ui/index.tsx';
import styles from './Followups.module.css';
import { text } from './text.ts';

const DAYS = ['7', '30', '90'] as const;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
type Kept = OutputOf<'followups.keptRates'>['total'];

/** How well promises are kept: by centre and by agent, the lowest rate first. */
export function RatesTable({ above }: { above: ReactNode }) {
  const t = useText(text);
  const [filter, setFilter] = useFilter(['days']);
  const days = DAYS.find((one) => one === filter.days) ?? '30';
  const from = dayKey(new Date(useNow() - Number(days) * DAY_MS));
  const rates = useOperation('followups.keptRates', { from }, { keep: true });
  const title = useTitle();
  const known = useOperation('accounts.listCentres', {}, { staleMs: HOUR_MS }).data?.items ?? [];
  const nameOf = (centre: string) => {
    const found = known.find(({ id }) => id === centre);
    return found ? title(found.name) : centre;
  };
  const { total, centres = [], agents = [] } = rates.data ?? {};
  return (
    <Page title={t.todo}>
      {above}
      <div id="list-rows" role="tabpanel" aria-label={t.rates} className={styles.body}>
        <Scroll>
          <div className="row">
            <SelectField
              bare
              small
              label={t.period}
              value={days}
              onChange={(event) => setFilter({ days: event.target.value })}
            >
              {DAYS.map((one) => (
                <option key={one} value={one}>
                  {t.days(one)}
                </option>
              ))}
            </SelectField>
            <span className="t3 f12">{t.ratesAbout}</span>
          </div>
          {rates.error && <ErrorNote error={rates.error} onRetry={() => void rates.refetch()} />}
          {rates.isPending && <Skeleton rows={8} />}
          {rates.data && agents.length === 0 && <Empty icon="clock" title={t.noRates} />}
          {total && agents.length > 0 && (
            <table className={styles.rates}>
              <thead>
                <tr>
                  {[t.centre, t.owner, t.rate, t.kept, t.lateN, t.broken, t.withdrawnN].map((name) => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                <Line centre={t.total} name="" of={total} />
                {centres.map((row) => (
                  <Line key={row.centre} centre={nameOf(row.centre)} name={t.total} of={row} />
                ))}
                {agents.map((row) => (
                  <Line
                    key={`${row.centre}.${row.owner.id}`}
                    centre={nameOf(row.centre)}
                    name={row.owner.name}
                    of={row}
                  />
                ))}
              </tbody>
            </table>
          )}
        </Scroll>
      </div>
    </Page>
  );
}

function Line({ centre, name, of }: { centre: string; name: string; of: Kept }) {
  return (
    <tr>
      <td>{centre}</td>
      <td>{name}</td>
      <td className="semi">{of.rate === null ? '–' : `${(of.rate * 100).toFixed(1)} %`}</td>
      <td>{of.kept}</td>
      <td>{of.late}</td>
      <td>{of.broken}</td>
      <td>{of.withdrawn}</td>
    </tr>
  );
}
