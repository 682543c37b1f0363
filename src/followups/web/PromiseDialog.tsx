import { useState } from 'react';
import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useLanguage, useText } from '#platform/language.tsx';
import { type ItemOf, useCommand, useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Button, Dialog, ErrorLine, Field, SelectField, tell } from '#ui/index.tsx';
import styles from './Followups.module.css';
import { CHANNELS, type Channel, useChannelName } from './promise-words.ts';
import { text } from './text.ts';
import { asField, asInstant } from './when.ts';

export type PromiseShown = ItemOf<'followups.listPromises'>;
type Props = { ticket: string; channel: Channel; promise?: PromiseShown | undefined; onClose: () => void };

/** By when the customer hears from us, through what: a digit takes a usual time, Ctrl+Enter promises it. */
export function PromiseDialog({ ticket, channel: usual, promise, onClose }: Props) {
  const t = useText(text);
  const language = useLanguage();
  const channelName = useChannelName();
  const terms = useOperation('followups.terms', { ticket });
  const make = useCommand('followups.promiseReply');
  const move = useCommand('followups.movePromise');
  const [chosen, setChosen] = useState<string | null>(promise ? asField(new Date(promise.dueAt)) : null);
  const [channel, setChannel] = useState<Channel>(promise?.channel ?? usual);
  const [note, setNote] = useState(promise?.note ?? '');
  const suggestions = terms.data?.suggestions ?? [];
  const first = suggestions[0];
  const at = chosen ?? (first ? asField(new Date(first.at)) : '');
  const dueAt = asInstant(at);
  const shown = dueAt ? moment(new Date(dueAt), language) : '';
  const busy = make.isPending || move.isPending;

  function save() {
    if (!dueAt || busy) return;
    const more = { channel, ...(note.trim() ? { note: note.trim() } : {}) };
    const done = (message: string) => () => {
      tell(message);
      onClose();
    };
    if (promise) move.mutate({ id: promise.id, dueAt, ...more }, { onSuccess: done(t.movedTo(shown)) });
    else make.mutate({ ticket, dueAt, ...more }, { onSuccess: done(t.promised(shown)) });
  }
  useHotkeys([
    ...suggestions.map((suggestion, index) => ({
      keys: String(index + 1),
      title: { ko: `${index + 1}번 시간`, en: `Time ${index + 1}` },
      layer: 'dialog' as const,
      run: () => setChosen(asField(new Date(suggestion.at))),
    })),
    { keys: 'Ctrl+Enter', title: { ko: '약속하기', en: 'Promise' }, layer: 'dialog' as const, run: save },
  ]);
  return (
    <Dialog title={promise ? t.change : t.promise} about={t.remindsAt} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <div className={styles.choices}>
          {suggestions.map((suggestion, index) => (
            <Button
              key={suggestion.name}
              small
              hotkey={String(index + 1)}
              aria-pressed={asField(new Date(suggestion.at)) === at}
              onClick={() => setChosen(asField(new Date(suggestion.at)))}
            >
              {t[suggestion.name]}
            </Button>
          ))}
        </div>
        <div className={styles.pair}>
          <Field
            label={t.dueAt}
            type="datetime-local"
            required
            value={at}
            onChange={(event) => setChosen(event.target.value)}
          />
          <SelectField
            label={t.channel}
            value={channel}
            onChange={(event) => setChannel(event.target.value as Channel)}
          >
            {CHANNELS.map((one) => (
              <option key={one} value={one}>
                {channelName(one)}
              </option>
            ))}
          </SelectField>
        </div>
        <Field
          label={t.note}
          placeholder={t.noteHint}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        {terms.data && <p className="t3 f12">{t.hours(terms.data.opens, terms.data.closes)}</p>}
        <ErrorLine error={make.error ?? move.error ?? terms.error} />
        <Button submit look="primary" icon="clock" hotkey="Ctrl+Enter" busy={busy} disabled={!dueAt}>
          {promise ? t.moveAct(shown) : t.promiseAct(shown)}
        </Button>
      </form>
    </Dialog>
  );
}
