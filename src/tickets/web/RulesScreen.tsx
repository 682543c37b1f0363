import { type FormEvent, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { type OutputOf, useCommand, useOperation } from '#platform/web.ts';
import { Button, ErrorLine, ErrorNote, Field, Page, Part, Scroll, SelectField, Skeleton, tell } from '#ui/index.tsx';
import { AgentRules } from './AgentRules.tsx';
import styles from './Rules.module.css';
import { rulesText } from './rules-text.ts';
import { text } from './text.ts';

type Rules = OutputOf<'tickets.rules'>;
const MODES = ['manual', 'round_robin', 'load'] as const;

/** How channels are worked and how contacts find their agent. */
export function Screen() {
  const t = useText(rulesText);
  const rules = useOperation('tickets.rules', {});
  return (
    <Page title={t.title} about={t.about}>
      <Scroll narrow>
        {rules.isPending && <Skeleton rows={12} />}
        {rules.error && <ErrorNote error={rules.error} onRetry={() => void rules.refetch()} />}
        {rules.data && (
          <>
            <Part title={t.channels} about={t.channelsAbout}>
              <div className={styles.head} aria-hidden>
                <span>{t.channel}</span>
                <span>{t.reopen}</span>
                <span>{t.hold}</span>
                <span>{t.close}</span>
              </div>
              {rules.data.channels.map((rule) => (
                <ChannelRule key={rule.channel} rule={rule} />
              ))}
            </Part>
            <Part title={t.assignment}>
              {rules.data.centres.map((centre) => (
                <Assignment key={centre.centre} centre={centre} />
              ))}
            </Part>
            <Part title={t.agents} about={t.agentsAbout}>
              <AgentRules agents={rules.data.agents} />
            </Part>
          </>
        )}
      </Scroll>
    </Page>
  );
}

const told = (message: string) => ({ onSuccess: () => tell(message) });

function ChannelRule({ rule }: { rule: Rules['channels'][number] }) {
  const t = useText(rulesText);
  const names = useText(text);
  const can = useCan();
  const able = can('tickets.setChannelRule');
  const save = useCommand('tickets.setChannelRule');
  const [given, setGiven] = useState({
    reopen: String(rule.reopenDays),
    hold: String(rule.holdSeconds),
    close: rule.autoCloseDays === null ? '' : String(rule.autoCloseDays),
  });
  const set = (name: keyof typeof given) => (event: { target: { value: string } }) =>
    setGiven({ ...given, [name]: event.target.value });
  function submit(event: FormEvent) {
    event.preventDefault();
    const { channel } = rule;
    const autoCloseDays = given.close === '' ? null : Number(given.close);
    const input = { channel, reopenDays: Number(given.reopen), holdSeconds: Number(given.hold), autoCloseDays };
    save.mutate(input, told(t.saved));
  }
  const name = names[rule.channel];
  const number = { type: 'number', bare: true, min: 0, disabled: !able } as const;
  return (
    <form className={styles.row} onSubmit={submit} aria-label={name}>
      <b className="med">{name}</b>
      <Field
        {...number}
        max={365}
        label={`${name} ${t.reopen}`}
        value={given.reopen}
        onChange={set('reopen')}
        required
      />
      <Field {...number} max={60} label={`${name} ${t.hold}`} value={given.hold} onChange={set('hold')} required />
      <Field
        {...number}
        min={1}
        max={60}
        label={`${name} ${t.close}`}
        placeholder={t.never}
        value={given.close}
        onChange={set('close')}
      />
      {able && (
        <Button submit small busy={save.isPending}>
          {t.save}
        </Button>
      )}
      <ErrorLine error={save.error} />
    </form>
  );
}

function Assignment({ centre }: { centre: Rules['centres'][number] }) {
  const t = useText(rulesText);
  const can = useCan();
  const able = can('tickets.setAssignment');
  const save = useCommand('tickets.setAssignment');
  const [mode, setMode] = useState(centre.mode);
  const [most, setMost] = useState(String(centre.mostOpen));
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate({ centre: centre.centre, mode, mostOpen: Number(most) }, told(t.saved));
  }
  return (
    <form className={styles.row} onSubmit={submit} aria-label={centre.name}>
      <b className="med">{centre.name}</b>
      <SelectField
        bare
        label={`${centre.name} ${t.mode}`}
        value={mode}
        disabled={!able}
        onChange={(event) => setMode(event.target.value as typeof mode)}
      >
        {MODES.map((one) => (
          <option key={one} value={one}>
            {t[`mode_${one}`]}
          </option>
        ))}
      </SelectField>
      <Field
        bare
        type="number"
        min={1}
        max={500}
        required
        disabled={!able}
        label={`${centre.name} ${t.most}`}
        value={most}
        onChange={(event) => setMost(event.target.value)}
      />
      <span className="t3 f12">{t.most}</span>
      {able && (
        <Button submit small busy={save.isPending}>
          {t.save}
        </Button>
      )}
      <ErrorLine error={save.error} />
    </form>
  );
}
