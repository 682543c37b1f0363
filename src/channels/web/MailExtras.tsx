import { useRef, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { type OutputOf, useOperation } from '#platform/web.ts';
import type { OnMessage } from '#tickets/web/parts.tsx';
import { clock, count } from '#ui/format.ts';
import { Button, Icon } from '#ui/index.tsx';
import styles from './Channels.module.css';
import { useWhy } from './SourceBox.tsx';
import { sizeText } from './size-text.ts';
import { text } from './text.ts';

type OfMessage = OutputOf<'channels.ofTicket'>['messages'][number];
type Mail = NonNullable<OfMessage['mail']>;
type File = OfMessage['files'][number];

/** What a message carries besides its text: files, images, the quote, the mail as it was written, how ours goes out. */
export function MailExtras({ ticket, message }: OnMessage) {
  const can = useCan();
  const talk = message.kind === 'inbound' || message.kind === 'outbound';
  const enabled = talk && message.channel === 'email' && can('channels.ofTicket');
  const extras = useOperation('channels.ofTicket', { ticket: ticket.id }, { enabled });
  const own = extras.data?.messages.find((it) => it.message === message.id);
  if (!own) return null;
  const images = own.files.filter(({ image }) => image);
  const files = own.files.filter(({ image, inline }) => !image || !inline);
  return (
    <div className={styles.extras}>
      {images.length > 0 && (
        <div className={styles.images}>
          {images.map((file) => (
            <a key={file.id} href={fileUrl(file)} download={file.name} title={file.name}>
              <img src={fileUrl(file)} alt={file.name} loading="lazy" />
            </a>
          ))}
        </div>
      )}
      {files.length > 0 && (
        <div className={styles.tools}>
          {files.map((file) => (
            <FileLink key={file.id} file={file} />
          ))}
        </div>
      )}
      {own.mail && <MailTools mail={own.mail} />}
      <Waits deliveries={own.deliveries} />
    </div>
  );
}

const fileUrl = ({ id }: File) => `/files/channels.openFile/${id}`;

function FileLink({ file }: { file: File }) {
  const t = useText(text);
  if (file.risk)
    return (
      <span className={styles.file}>
        <Icon name="warn" small className="danger" />
        <span>{file.name}</span>
        <span className="danger f12 nw">{t.isProgram}</span>
      </span>
    );
  return (
    <a className={styles.file} href={fileUrl(file)} download={file.name} title={t.download(file.name)}>
      <Icon name={file.image ? 'cam' : 'clip'} small />
      <span>{file.name}</span>
      <span className="t3 f12 nw">{sizeText(file.bytes)}</span>
    </a>
  );
}

const PROBLEMS = ['too_large', 'file_too_large', 'unreadable', 'no_boundary', 'winmail'] as const;

function MailTools({ mail }: { mail: Mail }) {
  const t = useText(text);
  const [quote, setQuote] = useState(false);
  const [written, setWritten] = useState(false);
  const [remote, setRemote] = useState(false);
  return (
    <>
      {mail.machine && <p className="t3 f12">{t.machine}</p>}
      {PROBLEMS.filter((it) => mail.problems.includes(it)).map((it) => (
        <p key={it} className="f12 danger">
          {t[`problem_${it}`]}
        </p>
      ))}
      <div className={styles.tools}>
        {mail.quoted && (
          <Button small look="quiet" icon="more" onClick={() => setQuote(!quote)}>
            {quote ? t.hideQuoted : t.quoted}
          </Button>
        )}
        {mail.hasHtml && (
          <Button small look="quiet" icon="eye" onClick={() => setWritten(!written)}>
            {written ? t.asText : t.asWritten}
          </Button>
        )}
        {written && mail.remoteImages > 0 && !remote && (
          <Button small icon="globe" title={t.remoteAbout} onClick={() => setRemote(true)}>
            {t.remote(count(mail.remoteImages))}
          </Button>
        )}
        {mail.hasRaw && (
          <a className="t3 f12" href={`/files/channels.openRaw/${mail.id}`} download>
            {t.raw} {sizeText(mail.rawBytes)}
          </a>
        )}
      </div>
      {quote && mail.quoted && <p className={styles.quoted}>{mail.quoted}</p>}
      {written && <MailFrame id={mail.id} remote={remote} />}
    </>
  );
}

const HIGHEST = 900;

/** The mail's HTML in a frame that runs no script. It is as high as what it holds, up to a bound. */
function MailFrame({ id, remote }: { id: string; remote: boolean }) {
  const t = useText(text);
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(160);
  const measure = () => setHeight(Math.min(HIGHEST, (frame.current?.contentDocument?.body.scrollHeight ?? 140) + 20));
  return (
    <iframe
      ref={frame}
      className={styles.frame}
      style={{ height }}
      title={t.mailFrame}
      src={`/mail/${id}${remote ? '?remote=1' : ''}`}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      onLoad={measure}
    />
  );
}

/** An answer that could not go out yet: why, and when it is tried again. */
function Waits({ deliveries }: { deliveries: OfMessage['deliveries'] }) {
  const t = useText(text);
  const why = useWhy();
  const waits = deliveries.find(({ state, attempts }) => state === 'queued' && attempts > 0);
  if (!waits?.nextAt) return null;
  return (
    <p className="f12 danger">
      {why(waits.why) ?? t.notNow} · {t.later(clock(new Date(waits.nextAt)))}
    </p>
  );
}
