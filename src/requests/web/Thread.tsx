import { useLanguage, useText } from '#platform/language.tsx';
import { moment } from '#ui/format.ts';
import { Part } from '#ui/index.tsx';
import styles from './Requests.module.css';
import { type Full, useRequestWords } from './request-words.ts';
import { text } from './text.ts';

/** What agent, partner and MD said, and what happened, in the order of time. */
export function Thread({ request }: { request: Full }) {
  const t = useText(text);
  const language = useLanguage();
  const say = useRequestWords();
  return (
    <Part title={t.talk}>
      <ol className={styles.thread}>
        {request.thread.map((entry) => (
          <li key={entry.id}>
            <p className="f12 t3">
              <b className="t2">{entry.author ?? t.system}</b> {t[entry.side]} · {moment(new Date(entry.at), language)}{' '}
              {t[`e_${entry.kind}`]} {entry.kind === 'reassigned' || entry.kind === 'escalated' ? entry.to : ''}
            </p>
            {entry.answer && <p className="semi">{say.answer(request, entry.answer)}</p>}
            {entry.text && <p>{entry.text}</p>}
          </li>
        ))}
      </ol>
    </Part>
  );
}
