import { useRef } from 'react';
import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { type OutputOf, useCommand, useOperation } from '#platform/web.ts';
import type { OnComposer } from '#tickets/web/parts.tsx';
import { count } from '#ui/format.ts';
import { Button, Icon, IconButton, tell } from '#ui/index.tsx';
import styles from './Channels.module.css';
import { sizeText } from './size-text.ts';
import { text } from './text.ts';
import { useDropped } from './useDropped.ts';
import { useUploads } from './useUploads.ts';

type Waiting = OutputOf<'channels.ofTicket'>['waiting'][number];

/** Files of the next reply by mail: chosen, pasted or dropped on the text. They wait on the server, like the draft. */
export function AttachTool({ ticket, kind, area }: OnComposer) {
  const t = useText(text);
  const can = useCan();
  const shown = kind === 'reply' && ticket.channel === 'email' && can('channels.attach');
  const waiting = useOperation('channels.ofTicket', { ticket: ticket.id }, { enabled: shown });
  const { send, sending } = useUploads(ticket.id);
  const input = useRef<HTMLInputElement>(null);
  useDropped(shown ? area : null, send);
  if (!shown) return null;
  return (
    <>
      <Button small look="quiet" icon="clip" title={t.attachHint} onClick={() => input.current?.click()}>
        {t.attach}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t.attach}
        onChange={({ target }) => {
          void send([...(target.files ?? [])]);
          target.value = '';
        }}
      />
      <span className={styles.waiting} aria-live="polite">
        {(waiting.data?.waiting ?? []).map((file) => (
          <WaitingFile key={file.id} file={file} />
        ))}
        {sending > 0 && <span className="t3 f12">{t.sending(count(sending))}</span>}
      </span>
    </>
  );
}

function WaitingFile({ file }: { file: Waiting }) {
  const t = useText(text);
  const detach = useCommand('channels.detach');
  const failed = (error: Error) => tell(error.message, { tone: 'danger' });
  return (
    <span className={styles.file}>
      <Icon name={file.image ? 'cam' : 'clip'} small />
      <span>{file.name}</span>
      <span className="t3 f12 nw">{sizeText(file.bytes)}</span>
      <IconButton
        icon="x"
        label={t.takeOff(file.name)}
        onClick={() => detach.mutate({ id: file.id }, { onError: failed })}
      />
    </span>
  );
}
