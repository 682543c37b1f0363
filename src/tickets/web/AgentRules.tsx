import { type FormEvent, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { type OutputOf, useCommand } from '#platform/web.ts';
import { Button, CheckField, Dialog, ErrorLine, Field, tell } from '#ui/index.tsx';
import styles from './Rules.module.css';
import { rulesText } from './rules-text.ts';
import { text } from './text.ts';
import { CHANNELS, type Channel } from './ticket-words.ts';

type Agent = OutputOf<'tickets.rules'>['agents'][number];

/** What each agent may be given, and a dialog to change it. */
export function AgentRules({ agents }: { agents: readonly Agent[] }) {
  const t = useText(rulesText);
  const names = useText(text);
  const can = useCan();
  const [editing, setEditing] = useState<Agent | null>(null);
  return (
    <>
      {agents.map((agent) => (
        <div key={agent.id} className={styles.row}>
          <b className="med">{agent.name}</b>
          <span className={agent.state === 'ready' ? 'ok' : 't3'}>{agent.state === 'ready' ? t.ready : t.away}</span>
          <span className="el">{agent.channels?.map((one) => names[one]).join(', ') ?? t.all}</span>
          <span>{agent.mostOpen ?? t.byCentre}</span>
          {can('tickets.setSkills') && (
            <Button small look="quiet" aria-label={`${agent.name} ${t.edit}`} onClick={() => setEditing(agent)}>
              {t.edit}
            </Button>
          )}
        </div>
      ))}
      {editing && <SkillDialog agent={editing} onClose={() => setEditing(null)} />}
    </>
  );
}

function SkillDialog({ agent, onClose }: { agent: Agent; onClose: () => void }) {
  const t = useText(rulesText);
  const names = useText(text);
  const save = useCommand('tickets.setSkills');
  const [channels, setChannels] = useState<readonly Channel[]>(agent.channels ?? []);
  const [malls, setMalls] = useState((agent.malls ?? []).join(' '));
  const [most, setMost] = useState(agent.mostOpen === null ? '' : String(agent.mostOpen));
  const toggle = (one: Channel) =>
    setChannels(channels.includes(one) ? channels.filter((other) => other !== one) : [...channels, one]);
  function submit(event: FormEvent) {
    event.preventDefault();
    const named = malls.split(/[\s,]+/).filter(Boolean);
    const input = {
      ...{ person: agent.id, mostOpen: most === '' ? null : Number(most) },
      ...{ channels: channels.length > 0 ? [...channels] : null, malls: named.length > 0 ? named : null },
    };
    const onSuccess = () => {
      tell(t.saved);
      onClose();
    };
    save.mutate(input, { onSuccess });
  }
  return (
    <Dialog title={agent.name} about={t.agentsAbout} onClose={onClose}>
      <form onSubmit={submit} className={styles.form}>
        <fieldset className={styles.checks}>
          <legend>{t.some}</legend>
          {CHANNELS.map((one) => (
            <CheckField key={one} label={names[one]} checked={channels.includes(one)} onChange={() => toggle(one)} />
          ))}
        </fieldset>
        <Field
          label={t.malls}
          placeholder="own cafe24"
          value={malls}
          onChange={(event) => setMalls(event.target.value)}
        />
        <Field
          label={t.most}
          type="number"
          min={1}
          max={500}
          value={most}
          onChange={(event) => setMost(event.target.value)}
        />
        <ErrorLine error={save.error} />
        <p className="row">
          <span className="grow" />
          <Button submit look="primary" busy={save.isPending}>
            {t.save}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}
