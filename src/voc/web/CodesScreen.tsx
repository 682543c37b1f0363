import { useText, useTitle } from '#platform/language.tsx';
import { useFilter } from '#platform/search-params.ts';
import { count } from '#ui/format.ts';
import { Chip, Empty, ErrorNote, Filters, Page, SearchField, Skeleton } from '#ui/index.tsx';
import { type Code, useCodes } from './codes.ts';
import { text } from './text.ts';
import styles from './Voc.module.css';

/** The tree of reasons: two levels to choose from, the third with its definitions. */
export function Screen() {
  const t = useText(text);
  const codes = useCodes();
  const [filter, setFilter] = useFilter(['q', 'under']);
  return (
    <Page title={t.codes} about={codes.isSuccess ? t.codesAbout(count(codes.items.length)) : undefined}>
      <Filters label={t.codes}>
        <SearchField label={t.findCode} value={filter.q ?? ''} onChange={(q) => setFilter({ q })} />
      </Filters>
      {codes.error && <ErrorNote error={codes.error} onRetry={() => void codes.refetch()} />}
      {codes.isPending && <Skeleton rows={16} />}
      {codes.isSuccess &&
        (filter.q ? (
          <Found codes={codes.items} query={filter.q} />
        ) : (
          <Tree codes={codes.items} under={filter.under} onChoose={(under) => setFilter({ under })} />
        ))}
    </Page>
  );
}

type TreeProps = { codes: readonly Code[]; under: string | undefined; onChoose: (code: string) => void };

function Tree({ codes, under, onChoose }: TreeProps) {
  const t = useText(text);
  const byCode = new Map(codes.map((code) => [code.code, code]));
  const chosen = byCode.get(under ?? '') ?? codes.find((code) => code.level === 1);
  const first = chosen?.level === 2 ? byCode.get(chosen.parent ?? '') : chosen;
  const seconds = codes.filter((code) => code.parent === first?.code);
  const second = chosen?.level === 2 ? chosen : seconds[0];
  return (
    <div className={styles.tree}>
      <Level
        label={t.level1}
        codes={codes.filter((code) => code.level === 1)}
        chosen={first?.code}
        onChoose={onChoose}
      />
      <Level label={t.level2} codes={seconds} chosen={second?.code} onChoose={onChoose} />
      <div tabIndex={0} role="group" aria-label={t.code}>
        {codes
          .filter((code) => code.parent === second?.code)
          .map((code) => (
            <Leaf key={code.code} code={code} />
          ))}
      </div>
    </div>
  );
}

type LevelProps = {
  label: string;
  codes: readonly Code[];
  chosen: string | undefined;
  onChoose: (code: string) => void;
};

function Level({ label, codes, chosen, onChoose }: LevelProps) {
  const title = useTitle();
  return (
    <ul aria-label={label}>
      {codes.map((code) => (
        <li key={code.code}>
          <button type="button" aria-pressed={code.code === chosen} onClick={() => onChoose(code.code)}>
            <span className="grow el">{title(code.name)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Leaf({ code }: { code: Code }) {
  const t = useText(text);
  const title = useTitle();
  return (
    <div className={styles.leaf}>
      <p className="row">
        <b className="med">{title(code.name)}</b>
        <span className="t3 f12">{code.code}</span>
        {code.simple && <Chip tone="line">{t.simple}</Chip>}
        {code.retiredAt && <Chip>{t.retired}</Chip>}
        <span className="grow" />
        <span className="t3 f12 nw">{[code.department, code.attribute].filter(Boolean).join(' · ')}</span>
      </p>
      {code.definition && <p className="t2 f12">{code.definition}</p>}
    </div>
  );
}

function Found({ codes, query }: { codes: readonly Code[]; query: string }) {
  const t = useText(text);
  const wanted = query.toLowerCase();
  const found = codes.filter(({ code, name }) =>
    [code, name.ko, name.en].some((one) => one.toLowerCase().includes(wanted)),
  );
  if (found.length === 0) return <Empty icon="tag" title={t.noCode} />;
  return (
    <div className={styles.tree} style={{ gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <div tabIndex={0} role="group" aria-label={t.codes}>
        {found.slice(0, 200).map((code) => (
          <Leaf key={code.code} code={code} />
        ))}
      </div>
    </div>
  );
}
