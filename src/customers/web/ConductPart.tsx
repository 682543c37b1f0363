import { useState } from 'react';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { type OutputOf, useCommand, useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, Chip, ErrorLine, Part, tell } from '#ui/index.tsx';
import type { ConductLevel } from '../rules/conduct.ts';
import { BlockDecision } from './BlockDecision.tsx';
import { ConductDialog } from './ConductDialog.tsx';
import styles from './Customer.module.css';
import { conductText } from './conduct-text.ts';

export type Conduct = OutputOf<'customers.conduct'>;

/** How far it has gone with a customer, in one word; nothing when all is well. */
export function ConductChip({ level }: { level: ConductLevel }) {
  const t = useText(conductText);
  if (level === 'none') return null;
  return (
    <Chip tone={level === 'caution' ? 'warn' : 'danger'} icon="warn">
      {t[`level_${level}`]}
    </Chip>
  );
}

/** What a customer said to our people, which step was told, and what may be done next. */
export function ConductPart({ customer, ticket }: { customer: string; ticket?: string | undefined }) {
  const t = useText(conductText);
  const can = useCan();
  const [open, setOpen] = useState<'step' | 'stop' | 'block' | null>(null);
  const conduct = useOperation('customers.conduct', { id: customer }, { enabled: can('customers.conduct') });
  if (!conduct.data) return null;
  const { level, steps, block, mayAskBlock } = conduct.data;
  return (
    <Part
      title={t.title}
      about={level === 'none' ? t.none : undefined}
      actions={
        <>
          <Button small onClick={() => setOpen('step')} disabled={level === 'blocked'}>
            {t.tellStep}
          </Button>
          <Button small icon="pause" onClick={() => setOpen('stop')}>
            {t.stop}
          </Button>
        </>
      }
    >
      <ConductChip level={level} />
      {block && <BlockDecision block={block} />}
      <ul className={styles.changes}>
        {steps.map((step) => (
          <StepLine key={step.id} step={step} />
        ))}
      </ul>
      {mayAskBlock && (
        <Button small onClick={() => setOpen('block')}>
          {t.askBlock}
        </Button>
      )}
      {open && (
        <ConductDialog
          customer={customer}
          ticket={ticket}
          conduct={conduct.data}
          what={open}
          onClose={() => setOpen(null)}
        />
      )}
    </Part>
  );
}

function StepLine({ step }: { step: Conduct['steps'][number] }) {
  const t = useText(conductText);
  const language = useLanguage();
  const can = useCan();
  const revoke = useCommand('customers.revokeStep');
  const run = () => revoke.mutate({ step: step.id, why: t.mistaken }, { onSuccess: () => tell(t.revoked) });
  return (
    <li>
      <span className="row">
        <b className="med">{t[`step_${step.step}`]}</b>
        <span>{t[`kind_${step.kind}`]}</span>
        <span className="grow t3 f12">
          {moment(new Date(step.at), language)} · {step.by}
        </span>
        {!step.revoked && can('customers.revokeStep') && (
          <Button small look="quiet" busy={revoke.isPending} onClick={run}>
            {t.revoke}
          </Button>
        )}
      </span>
      <span className={step.revoked ? 't3' : 't2'}>{step.said}</span>
      {step.revoked && <span className="t3 f12">{t.revokedBy(step.revoked.by, step.revoked.why)}</span>}
      <ErrorLine error={revoke.error} />
    </li>
  );
}
