import { useParams } from '@tanstack/react-router';
import { useText, useTitle } from '#platform/language.tsx';
import { useFilter } from '#platform/search-params.ts';
import { Empty, Facts, Page, Tabs } from '#ui/index.tsx';
import { Contacts } from './Contacts.tsx';
import { Lines } from './Lines.tsx';
import styles from './Malls.module.css';
import { Manuals } from './Manuals.tsx';
import { LinkLevel, MallSplit, useMalls } from './parts.tsx';
import { text } from './text.ts';

/** The malls, and of the one that is open how far it is linked, its manuals and its phone lines. */
export function Screen() {
  const t = useText(text);
  const malls = useMalls();
  const { mallId } = useParams({ strict: false });
  const mall = malls.find(({ id }) => id === mallId);
  return (
    <Page title={t.malls} about={t.mallsAbout}>
      <MallSplit
        label={t.malls}
        base="/malls"
        current={mallId}
        rows={malls.map(({ id, link }) => ({
          mall: id,
          after: <span className="t3 f12 nw">{t[`short_${link}`]}</span>,
        }))}
      >
        {mall ? <OneMall key={mall.id} mall={mall} /> : <Empty icon="globe" title={t.choose} about={t.chooseAbout} />}
      </MallSplit>
    </Page>
  );
}

const VIEWS = ['manuals', 'lines', 'contacts'] as const;

function OneMall({ mall }: { mall: ReturnType<typeof useMalls>[number] }) {
  const t = useText(text);
  const title = useTitle();
  const [filter, setFilter] = useFilter(['view']);
  const view = VIEWS.find((one) => one === filter.view) ?? 'manuals';
  return (
    <section className={styles.view} aria-label={title(mall.name)}>
      <h2 className="f15">{title(mall.name)}</h2>
      <Facts
        rows={[
          [t.linkLevel, <LinkLevel key="link" mall={mall.id} />],
          [t.answerWithin, mall.answerHours === null ? t.noLimit : t.hoursOf(mall.answerHours)],
          [
            t.admin,
            mall.adminUrl ? (
              <a key="admin" href={mall.adminUrl} target="_blank" rel="noreferrer">
                {mall.adminUrl}
              </a>
            ) : (
              '–'
            ),
          ],
        ]}
      />
      <Tabs
        label={t.malls}
        value={view}
        items={VIEWS.map((value) => ({ value, name: t[value] }))}
        onChange={(next) => setFilter({ view: next })}
        controls="mall-view"
      />
      <div id="mall-view" role="tabpanel" aria-label={t[view]}>
        {view === 'manuals' && <Manuals mall={mall.id} />}
        {view === 'lines' && <Lines mall={mall.id} />}
        {view === 'contacts' && <Contacts mall={mall.id} />}
      </div>
    </section>
  );
}
