import { useState } from 'react';
import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useText } from '#platform/language.tsx';
import { useCommand, useOperation } from '#platform/web.ts';
import { clock } from '#ui/format.ts';
import { Button, CheckField, ErrorLine, Icon, SelectField } from '#ui/index.tsx';
import { IDENTITY_FACTS, SPEAKERS } from '../rules/identity.ts';
import styles from './Customer.module.css';
import { text } from './text.ts';

type Fact = (typeof IDENTITY_FACTS)[number];

/** Who speaks, and which two facts they said: needed before a customer's data or address is touched. */
export function IdentityPart({ customer }: { customer: string }) {
  const t = useText(text);
  const state = useOperation('customers.identity', { customer }, { staleMs: 0 });
  const confirm = useCommand('customers.confirmIdentity');
  const [speaker, setSpeaker] = useState<(typeof SPEAKERS)[number]>('orderer');
  const [facts, setFacts] = useState<readonly Fact[]>([]);
  const held = state.data?.held;
  const ready = !held && facts.length >= 2 && !confirm.isPending;
  const send = () => confirm.mutate({ customer, speaker, facts: [...facts] });
  useHotkeys([
    {
      ...{ keys: 'Alt+I', title: { ko: '본인확인', en: 'Check identity' }, layer: 'dialog', typing: true },
      ...{ run: send, when: () => ready },
    },
  ]);
  if (held) {
    const said = held.facts.map((fact) => t[`fact_${fact}`]).join(', ');
    return (
      <p className={styles.held}>
        <Icon name="check" small className="ok" /> {t.identified} · {t[`speaker_${held.speaker}`]} · {said} ·{' '}
        {t.heldUntil(clock(new Date(held.until)))}
      </p>
    );
  }
  return (
    <fieldset className={styles.identity}>
      <legend className="med">{t.identity}</legend>
      <SelectField
        bare
        small
        label={t.speaker}
        value={speaker}
        onChange={(event) => setSpeaker(event.target.value as typeof speaker)}
      >
        {SPEAKERS.map((one) => (
          <option key={one} value={one}>
            {t[`speaker_${one}`]}
          </option>
        ))}
      </SelectField>
      <div className={styles.facts}>
        {IDENTITY_FACTS.map((fact) => (
          <CheckField
            key={fact}
            label={t[`fact_${fact}`]}
            checked={facts.includes(fact)}
            onChange={(event) =>
              setFacts(event.target.checked ? [...facts, fact] : facts.filter((other) => other !== fact))
            }
          />
        ))}
      </div>
      <Button hotkey="Alt+I" busy={confirm.isPending} disabled={!ready} onClick={send}>
        {t.confirmIdentity}
      </Button>
      <ErrorLine error={confirm.error ?? state.error} />
    </fieldset>
  );
}
