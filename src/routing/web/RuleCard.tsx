import { useDeferredValue, useState } from 'react';
import { useMalls } from '#malls/web/parts.tsx';
import { useText, useTitle } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useOperation } from '#platform/web.ts';
import { Button, Chip, Field, IconButton, SelectField } from '#ui/index.tsx';
import styles from './Routing.module.css';
import type { RuleDraft } from './rule-draft.ts';
import { text } from './text.ts';

const CHANNELS = ['email', 'form', 'board', 'chat', 'kakao', 'talktalk', 'sns', 'phone', 'manual'] as const;

type Props = {
  rule: RuleDraft;
  place: number;
  onChange: (change: Partial<RuleDraft>) => void;
  onUp: (() => void) | undefined;
  onRemove: () => void;
};

/** One rule: what it looks for, and who gets what it finds. */
export function RuleCard({ rule, place, onChange, onUp, onRemove }: Props) {
  const t = useText(text);
  const title = useTitle();
  const malls = useMalls();
  const field = (name: keyof RuleDraft) => ({
    value: rule[name],
    onChange: (event: { target: { value: string } }) => onChange({ [name]: event.target.value }),
  });
  return (
    <article className={styles.card} aria-label={rule.name || `${t.rule} ${place}`}>
      <div className={styles.line}>
        <Chip>{place}</Chip>
        <span className="grow">
          <Field bare label={t.name} placeholder={t.name} maxLength={60} {...field('name')} />
        </span>
        {onUp && <IconButton icon="up" label={t.up} onClick={onUp} />}
        <IconButton icon="x" label={t.remove} onClick={onRemove} />
      </div>
      <div className={styles.fields}>
        <span className={styles.wide}>
          <Field label={t.words} placeholder={t.wordsHint} {...field('words')} />
        </span>
        <Field label={t.without} {...field('without')} />
        <Field label={t.tag} maxLength={40} {...field('tag')} />
        <span className={styles.wide}>
          <Field label={t.senders} placeholder={t.sendersHint} {...field('senders')} />
        </span>
        <SelectField label={t.mall} {...field('mall')}>
          <option value="">{t.any}</option>
          {malls.map(({ id, name }) => (
            <option key={id} value={id}>
              {title(name)}
            </option>
          ))}
        </SelectField>
        <SelectField label={t.channel} {...field('channel')}>
          <option value="">{t.anyChannel}</option>
          {CHANNELS.map((channel) => (
            <option key={channel} value={channel}>
              {t[`ch_${channel}`]}
            </option>
          ))}
        </SelectField>
      </div>
      <Person rule={rule} onChange={onChange} />
    </article>
  );
}

/** The person in charge, found by name. */
function Person({ rule, onChange }: Pick<Props, 'rule' | 'onChange'>) {
  const t = useText(text);
  const can = useCan();
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const people = useOperation(
    'accounts.listPeople',
    { q, state: 'active', limit: 6 },
    { keep: true, enabled: q !== '' && can('accounts.listPeople') },
  );
  return (
    <div className={styles.line}>
      <span>
        {t.person} <b className="med">{rule.personName || '–'}</b>
      </span>
      <span>
        <Field
          bare
          label={t.personHint}
          placeholder={t.personHint}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </span>
      <span className={styles.people}>
        {q !== '' &&
          people.data?.items.map(({ id, name }) => (
            <Button
              key={id}
              small
              onClick={() => {
                onChange({ person: id, personName: name });
                setTyped('');
              }}
            >
              {name}
            </Button>
          ))}
      </span>
    </div>
  );
}
