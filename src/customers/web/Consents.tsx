import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useCommand } from '#platform/web.ts';
import { shortDay } from '#ui/format.ts';
import { Button, ErrorLine, Part, tell } from '#ui/index.tsx';
import { CONSENT_CHANNELS } from '../rules/identities.ts';
import styles from './Customer.module.css';
import type { Customer } from './CustomerFacts.tsx';
import { text } from './text.ts';

/** Where advertising may go, as the customer said last; changed at once when they say otherwise. */
export function Consents({ customer }: { customer: Customer }) {
  const t = useText(text);
  const can = useCan();
  const set = useCommand('customers.setConsent');
  return (
    <Part title={t.consents} about={t.consentsAbout}>
      <ul className={styles.ways}>
        {CONSENT_CHANNELS.map((channel) => {
          const said = customer.consents.find((one) => one.channel === channel);
          const given = !said?.given;
          const input = { id: customer.id, channel, given, how: t.saidToAgent };
          const done = () => tell(t.consentSet(t[`consent_${channel}`], given ? t.consentGiven : t.consentRefused));
          return (
            <li key={channel}>
              <span className="t3">{t[`consent_${channel}`]}</span>
              <span className="grow">
                {said ? (said.given ? t.consentGiven : t.consentRefused) : t.consentUnknown}{' '}
                {said && (
                  <span className="t3 f12">
                    {shortDay(new Date(said.at))} · {said.how}
                  </span>
                )}
              </span>
              {can('customers.setConsent') && (
                <Button small look="quiet" busy={set.isPending} onClick={() => set.mutate(input, { onSuccess: done })}>
                  {given ? t.consentGive : t.consentRefuse}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <ErrorLine error={set.error} />
    </Part>
  );
}
