import { useState } from 'react';
import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCommand, useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, Dialog, ErrorLine, Field, SelectField, tell } from '#ui/index.tsx';
import styles from './Followups.module.css';
import { text } from './text.ts';
import { asInstant } from './when.ts';

/** Files that the customer is to be called, and when the customer wants it. */
export function CallBackDialog({ ticket, onClose }: { ticket: string; onClose: () => void }) {
  const t = useText(text);
  const language = useLanguage();
  const terms = useOperation('followups.terms', { ticket });
  const ask = useCommand('followups.askCallBack');
  const [about, setAbout] = useState('');
  const [phone, setPhone] = useState('');
  const [askedBy, setAskedBy] = useState<'customer' | 'agent'>('customer');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');

  function save() {
    if (!about.trim() || ask.isPending) return;
    const input = {
      ...{ ticket, about: about.trim(), askedBy },
      ...(phone.trim() ? { phone: phone.trim() } : {}),
      ...{ from: asInstant(from), until: asInstant(until) },
    };
    ask.mutate(input, {
      onSuccess: ({ dueAt }) => {
        tell(t.filed(moment(new Date(dueAt), language)));
        onClose();
      },
    });
  }
  useHotkeys([{ keys: 'Ctrl+Enter', title: { ko: '콜백 등록', en: 'File' }, layer: 'dialog', run: save }]);
  return (
    <Dialog
      title={t.fileCallBack}
      {...(terms.data ? { about: t.hours(terms.data.opens, terms.data.closes) } : {})}
      onClose={onClose}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Field
          autoFocus
          label={t.about}
          required
          maxLength={500}
          value={about}
          onChange={(event) => setAbout(event.target.value)}
        />
        <div className={styles.pair}>
          <Field
            label={t.phone}
            inputMode="tel"
            placeholder={terms.data?.phone ? t.usualPhone(terms.data.phone) : ''}
            value={phone}
            onChange={(event) => setPhone(event.target.value)}
          />
          <SelectField
            label={t.askedBy}
            value={askedBy}
            onChange={(event) => setAskedBy(event.target.value as 'customer' | 'agent')}
          >
            <option value="customer">{t.byCustomer}</option>
            <option value="agent">{t.byAgent}</option>
          </SelectField>
          <Field
            label={`${t.wanted} · ${t.from}`}
            type="datetime-local"
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
          <Field
            label={`${t.wanted} · ${t.until}`}
            type="datetime-local"
            value={until}
            onChange={(event) => setUntil(event.target.value)}
          />
        </div>
        <ErrorLine error={ask.error} />
        <Button submit look="primary" icon="phone" hotkey="Ctrl+Enter" busy={ask.isPending} disabled={!about.trim()}>
          {t.fileCallBack}
        </Button>
      </form>
    </Dialog>
  );
}
