import { type FormEvent, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { type ItemOf, useCommand } from '#platform/web.ts';
import { Button, CheckField, Dialog, ErrorLine, Field, tell } from '#ui/index.tsx';
import styles from './Channels.module.css';
import { text } from './text.ts';

type Channel = ItemOf<'channels.list'>;
const DAYS = ['1', '2', '3', '4', '5', '6', '7'] as const;
type Hours = Partial<Record<(typeof DAYS)[number], [string, string]>>;
const USUAL: [string, string] = ['09:00', '18:00'];
const WEEK: Hours = { '1': USUAL, '2': USUAL, '3': USUAL, '4': USUAL, '5': USUAL };

/** On or off, hours by day, and what a new matter is answered at once. */
export function ChannelDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const t = useText(text);
  const save = useCommand('channels.save');
  const [enabled, setEnabled] = useState(channel.enabled);
  const [hours, setHours] = useState(channel.hours as Hours);
  const [first, setFirst] = useState(channel.firstResponse);
  function submit(event: FormEvent) {
    event.preventDefault();
    const texts = { inHours: first.inHours?.trim() || null, outOfHours: first.outOfHours?.trim() || null };
    const done = () => {
      tell(t.saved);
      onClose();
    };
    const input = { channel: channel.channel, enabled, hours, firstResponse: { on: first.on, ...texts } };
    save.mutate(input, { onSuccess: done });
  }
  return (
    <Dialog title={t[channel.channel]} wide onClose={onClose}>
      <form onSubmit={submit} className={styles.form}>
        <CheckField
          label={t.enabled}
          hint={t.enabledHint}
          checked={enabled}
          onChange={({ target }) => setEnabled(target.checked)}
        />
        <HoursField hours={hours} onChange={setHours} />
        {channel.channel === 'email' && <FirstField first={first} onChange={setFirst} />}
        <ErrorLine error={save.error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button look="primary" submit busy={save.isPending}>
            {t.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type First = Channel['firstResponse'];

function FirstField({ first, onChange }: { first: First; onChange: (first: First) => void }) {
  const t = useText(text);
  return (
    <>
      <CheckField
        label={t.sendFirst}
        hint={t.sendFirstHint}
        checked={first.on}
        onChange={({ target }) => onChange({ ...first, on: target.checked })}
      />
      {(['inHours', 'outOfHours'] as const).map((part) => (
        <label key={part} className={styles.text}>
          <span>
            {t[part]} <span className="t3 f12">{t.emptyNone}</span>
          </span>
          <textarea
            maxLength={2_000}
            disabled={!first.on}
            value={first[part] ?? ''}
            onChange={({ target }) => onChange({ ...first, [part]: target.value })}
          />
        </label>
      ))}
    </>
  );
}

/** Always open, or each day by itself; a day that is not ticked is closed. */
function HoursField({ hours, onChange }: { hours: Hours; onChange: (hours: Hours) => void }) {
  const t = useText(text);
  const always = Object.keys(hours).length === 0;
  const set = (day: (typeof DAYS)[number], value: [string, string] | undefined) => {
    const { [day]: _, ...rest } = hours;
    onChange(value ? { ...rest, [day]: value } : rest);
  };
  return (
    <fieldset className={styles.hours}>
      <legend>{t.hours}</legend>
      <CheckField
        label={t.alwaysOpen}
        checked={always}
        onChange={({ target }) => onChange(target.checked ? {} : WEEK)}
      />
      {!always &&
        DAYS.map((day) => {
          const [from, until] = hours[day] ?? USUAL;
          const name = t.days[Number(day) - 1] ?? day;
          const closed = hours[day] === undefined;
          const time = (label: string, value: string, change: (value: string) => [string, string]) => (
            <Field
              bare
              label={label}
              type="time"
              disabled={closed}
              value={value}
              onChange={({ target }) => set(day, change(target.value))}
            />
          );
          return (
            <div key={day} className={styles.day}>
              <CheckField
                label={name}
                checked={!closed}
                onChange={({ target }) => set(day, target.checked ? USUAL : undefined)}
              />
              {time(t.from(name), from, (value) => [value, until])}
              <span className="t3">–</span>
              {time(t.until(name), until, (value) => [from, value])}
            </div>
          );
        })}
    </fieldset>
  );
}
