import { type FormEvent, useState } from 'react';
import { useMalls } from '#malls/web/parts.tsx';
import { useText, useTitle } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useCommand } from '#platform/web.ts';
import { Button, ErrorLine, Field, IconButton, Part, SelectField } from '#ui/index.tsx';
import { IDENTITY_KINDS, type IdentityKind, MESSENGERS } from '../rules/identities.ts';
import styles from './Customer.module.css';
import type { Customer } from './CustomerFacts.tsx';
import { text } from './text.ts';

/** Further phones, e-mails, member ids and messengers by which a customer is known. */
export function Ways({ customer }: { customer: Customer }) {
  const t = useText(text);
  const can = useCan();
  const title = useTitle();
  const malls = useMalls();
  const [adding, setAdding] = useState(false);
  const remove = useCommand('customers.removeIdentity');
  const whose = (source: string) => {
    const mall = malls.find(({ id }) => id === source);
    return mall ? title(mall.name) : source in MESSENGER_WORDS ? t[MESSENGER_WORDS[source] as 'kakao'] : source;
  };
  const ofMerged = new Set(customer.merged.map(({ id }) => id));
  return (
    <Part
      title={t.ways}
      about={t.waysAbout}
      actions={
        can('customers.addIdentity') &&
        !adding && (
          <Button small icon="plus" onClick={() => setAdding(true)}>
            {t.addWay}
          </Button>
        )
      }
    >
      {customer.identities.length === 0 && !adding && <p className="t3">{t.noWays}</p>}
      <ul className={styles.ways}>
        {customer.identities.map(({ id, kind, source, phone, email, account }) => (
          <li key={`${id} ${kind}`}>
            <span className="t3">{t[`kind_${kind}`]}</span>
            <span className="grow">
              {phone ?? email ?? account} <span className="t3">{source && whose(source)}</span>
            </span>
            {can('customers.removeIdentity') && !ofMerged.has(id) && (
              <IconButton icon="x" label={t.removeWay} onClick={() => remove.mutate({ identity: id })} />
            )}
          </li>
        ))}
      </ul>
      <ErrorLine error={remove.error} />
      {adding && <AddWay id={customer.id} onDone={() => setAdding(false)} />}
    </Part>
  );
}

const MESSENGER_WORDS: Record<string, string> = {
  ...{ kakao: 'kakao', talktalk: 'talktalk', instagram: 'instagram', chat: 'chat' },
};

function AddWay({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useText(text);
  const title = useTitle();
  const malls = useMalls();
  const add = useCommand('customers.addIdentity');
  const [kind, setKind] = useState<IdentityKind>('phone');
  const [source, setSource] = useState('');
  const [value, setValue] = useState('');
  const sources =
    kind === 'mall_id'
      ? malls.map((mall) => [mall.id, title(mall.name)] as const)
      : kind === 'messenger'
        ? MESSENGERS.map((one) => [one as string, t[one]] as const)
        : [];
  const from = sources.some(([one]) => one === source) ? source : sources[0]?.[0];
  function submit(event: FormEvent) {
    event.preventDefault();
    add.mutate({ id, kind, value, ...(from ? { source: from } : {}) }, { onSuccess: onDone });
  }
  return (
    <form onSubmit={submit} className={styles.form}>
      <div className="row">
        <SelectField
          bare
          small
          label={t.wayKind}
          value={kind}
          onChange={(event) => setKind(event.target.value as IdentityKind)}
        >
          {IDENTITY_KINDS.map((one) => (
            <option key={one} value={one}>
              {t[`kind_${one}`]}
            </option>
          ))}
        </SelectField>
        {sources.length > 0 && (
          <SelectField bare small label={t.waySource} value={from} onChange={(event) => setSource(event.target.value)}>
            {sources.map(([one, name]) => (
              <option key={one} value={one}>
                {name}
              </option>
            ))}
          </SelectField>
        )}
        <Field bare autoFocus label={t.wayValue} value={value} onChange={(event) => setValue(event.target.value)} />
        <Button look="primary" small submit busy={add.isPending} disabled={value.trim() === ''}>
          {t.addWay}
        </Button>
        <Button small onClick={onDone}>
          {t.cancel}
        </Button>
      </div>
      <ErrorLine error={add.error} />
    </form>
  );
}
