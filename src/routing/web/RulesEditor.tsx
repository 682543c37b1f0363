import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { type OutputOf, useCommand, useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, Empty, ErrorLine, Field, Scroll, SelectField, Skeleton, tell } from '#ui/index.tsx';
import styles from './Routing.module.css';
import { RuleCard } from './RuleCard.tsx';
import { asRule, draftsOf, emptyRule, isWhole, type RuleDraft, type Version } from './rule-draft.ts';
import { text } from './text.ts';

const DAYS = ['7', '30', '90'] as const;

/** The rules as a list to change; tried on past tickets before they are saved, saved before they take effect. */
export function RulesEditor({ from }: { from: Version | undefined }) {
  const t = useText(text);
  const can = useCan();
  const [rules, setRules] = useState<RuleDraft[]>(() => draftsOf(from));
  const [note, setNote] = useState('');
  const [tried, setTried] = useState<{ rules: RuleDraft[]; days: number } | null>(null);
  const [days, setDays] = useState<string>('30');
  const save = useCommand('routing.save');
  const whole = rules.length > 0 && rules.every(isWhole);
  const change = (key: string, next: Partial<RuleDraft>) =>
    setRules(rules.map((rule) => (rule.key === key ? { ...rule, ...next } : rule)));
  const up = (at: number) => {
    const [before, rule] = [rules[at - 1], rules[at]];
    if (before && rule) setRules(rules.with(at - 1, rule).with(at, before));
  };
  return (
    <Scroll>
      <div className={styles.cards}>
        <p className="t2">{t.about}</p>
        {rules.length === 0 && <Empty icon="forward" title={t.none} about={t.noneAbout} />}
        {rules.map((rule, at) => (
          <RuleCard
            key={rule.key}
            rule={rule}
            place={at + 1}
            onChange={(next) => change(rule.key, next)}
            onUp={at > 0 ? () => up(at) : undefined}
            onRemove={() => setRules(rules.filter(({ key }) => key !== rule.key))}
          />
        ))}
        <div className={styles.line}>
          <Button icon="plus" onClick={() => setRules([...rules, emptyRule()])}>
            {t.add}
          </Button>
          <span className="grow" />
          <SelectField bare small label={t.period} value={days} onChange={(event) => setDays(event.target.value)}>
            {DAYS.map((one) => (
              <option key={one} value={one}>
                {t.days(one)}
              </option>
            ))}
          </SelectField>
          <Button icon="search" disabled={!whole} onClick={() => setTried({ rules, days: Number(days) })}>
            {t.tryIt}
          </Button>
        </div>
        {tried && <Tried rules={tried.rules} days={tried.days} />}
        {can('routing.save') ? (
          <div className={styles.line}>
            <span className="grow">
              <Field
                bare
                label={t.note}
                placeholder={t.note}
                maxLength={500}
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
            </span>
            <Button
              look="primary"
              busy={save.isPending}
              disabled={!whole}
              onClick={() =>
                save.mutate(
                  { rules: rules.map(asRule), ...(note.trim() ? { note: note.trim() } : {}) },
                  { onSuccess: ({ version }) => tell(t.saved(String(version))) },
                )
              }
            >
              {t.save}
            </Button>
          </div>
        ) : (
          <p className="t3">{t.readOnly}</p>
        )}
        <ErrorLine error={save.error} />
      </div>
    </Scroll>
  );
}

type Result = OutputOf<'routing.tryRules'>;

/** What the rules would have done: nothing of it is changed. */
function Tried({ rules, days }: { rules: RuleDraft[]; days: number }) {
  const t = useText(text);
  const tried = useOperation('routing.tryRules', { rules: rules.map(asRule), days }, { keep: true });
  if (tried.error) return <ErrorLine error={tried.error} />;
  if (!tried.data) return <Skeleton rows={4} />;
  return (
    <section className={styles.cards} aria-label={t.tryIt}>
      <p className="t2">
        {t.looked(tried.data.looked.toLocaleString('ko-KR'))} {tried.data.more && t.more}
      </p>
      {tried.data.rules.map((rule, at) => (
        <Matches key={rules[at]?.key ?? rule.name} rule={rule} />
      ))}
    </section>
  );
}

function Matches({ rule }: { rule: Result['rules'][number] }) {
  const t = useText(text);
  const language = useLanguage();
  return (
    <div>
      <p className={styles.line}>
        <b className="med">{rule.name}</b>
        <span className="t2">
          {rule.matched === 0 ? t.noneMatched : t.matched(rule.matched.toLocaleString('ko-KR'))}
        </span>
      </p>
      <ul className={styles.found}>
        {rule.newest.map(({ ticket, why, at }) => (
          <li key={ticket.id}>
            <span className="t3 nw">{moment(new Date(at), language)}</span>
            <Link to={`/tickets/${ticket.id}`}>{ticket.number}</Link>
            <span className="el grow">{ticket.subject}</span>
            <span className="t2 nw">{why.join(', ')}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
