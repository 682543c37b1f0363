import { type FormEvent, useState } from 'react';
import { useText, useTitle } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useCommand, useOperation } from '#platform/web.ts';
import { Button, CheckField, Dialog, ErrorLine, Field, SelectField } from '#ui/index.tsx';
import styles from './Accounts.module.css';
import { SecretDialog } from './SecretDialog.tsx';
import { text } from './text.ts';

const DAYS = [30, 90, 365] as const;

/** Makes a key for a program: named, ended some day, limited if wished; shown once. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const t = useText(text);
  const create = useCommand('accounts.createKey');
  const [name, setName] = useState('');
  const [days, setDays] = useState('90');
  const [limits, setLimits] = useState<readonly string[]>([]);
  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate({
      name,
      ...(days ? { expiresInDays: Number(days) } : {}),
      ...(limits.length > 0 ? { permissions: [...limits] } : {}),
    });
  }
  if (create.data)
    return <SecretDialog title={t.keyMade} about={t.keyOnce} secret={create.data.key} onClose={onClose} />;
  return (
    <Dialog title={t.newKey} onClose={onClose}>
      <form onSubmit={submit} style={{ display: 'grid', gap: 16 }}>
        <Field
          autoFocus
          required
          label={t.keyName}
          hint={t.keyNameHint}
          maxLength={32}
          error={create.error?.field('name')}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <SelectField label={t.expires} value={days} onChange={(event) => setDays(event.target.value)}>
          {DAYS.map((one) => (
            <option key={one} value={one}>
              {t.days(String(one))}
            </option>
          ))}
          <option value="">{t.never}</option>
        </SelectField>
        <Limits chosen={limits} onChange={setLimits} />
        <ErrorLine error={create.error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button look="primary" submit busy={create.isPending}>
            {t.newKey}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Permissions that the key is limited to; none ticked: all of its owner's. */
function Limits({ chosen, onChange }: { chosen: readonly string[]; onChange: (next: string[]) => void }) {
  const t = useText(text);
  const title = useTitle();
  const can = useCan();
  const matrix = useOperation('accounts.permissionMatrix', {}, { enabled: can('accounts.permissionMatrix') });
  const offered = matrix.data?.rooms.flatMap((room) => room.permissions) ?? [];
  const mine = offered.filter(({ operations }) => operations.some((operation) => can(operation.name as 'accounts.me')));
  if (mine.length === 0) return null;
  const toggle = (name: string) =>
    onChange(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name]);
  return (
    <fieldset className={styles.scope} style={{ display: 'block' }}>
      <legend>
        {t.limits} <span className="t3">{chosen.length === 0 ? t.allMine : t.someOf(String(chosen.length))}</span>
      </legend>
      <div className={styles.ticks} tabIndex={0} role="group" aria-label={t.limits}>
        {mine.map(({ permission, title: name }) => (
          <CheckField
            key={permission}
            label={title(name)}
            hint={permission}
            checked={chosen.includes(permission)}
            onChange={() => toggle(permission)}
          />
        ))}
      </div>
    </fieldset>
  );
}
