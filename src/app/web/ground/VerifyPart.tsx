import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { type OutputOf, useCommand, useOperation } from '#platform/web.ts';
import { count, moment } from '#ui/format.ts';
import { Button, ErrorLine, Icon, tell } from '#ui/index.tsx';
import styles from './Ground.module.css';
import { text } from './text.ts';

type Verdict = OutputOf<'audit.verify'>;

/** Checks the chain of records when asked, and says up to when it is sealed. */
export function VerifyPart() {
  const t = useText(text);
  const can = useCan();
  const verdict = useOperation('audit.verify', {}, { enabled: false });
  const all = useCommand('audit.verifyAll');
  const started = () => tell(t.jobStarted);
  return (
    <div className={styles.verify}>
      <Button small icon="shield" busy={verdict.isFetching} onClick={() => void verdict.refetch()}>
        {verdict.isFetching ? t.verifying : t.verify}
      </Button>
      {verdict.data && !verdict.error && <VerdictWords verdict={verdict.data} />}
      <ErrorLine error={verdict.error} />
      {verdict.error?.code === 'takes_longer' && can('audit.verifyAll') && (
        <Button small busy={all.isPending} onClick={() => all.mutate({}, { onSuccess: started })}>
          {t.verifyAll}
        </Button>
      )}
    </div>
  );
}

function VerdictWords({ verdict }: { verdict: Verdict }) {
  const t = useText(text);
  const language = useLanguage();
  const sealed = verdict.sealedUntil ? t.sealedUntil(moment(new Date(verdict.sealedUntil), language)) : null;
  const notes = [sealed, verdict.unsealed > 0 ? t.unsealed(count(verdict.unsealed)) : null].filter(Boolean).join(' · ');
  if (verdict.ok) {
    return (
      <span className="row" role="status">
        <Icon name="check" small className="ok" />
        <b className="med">{t.allWell(count(verdict.checked))}</b>
        <span className="t3">{notes}</span>
      </span>
    );
  }
  const broken = verdict.broken;
  return (
    <span className="row" role="alert">
      <Icon name="warn" small className="danger" />
      <b className="danger">{t.broken}</b>
      <span className="t2">
        {t.brokenAt}:{' '}
        {[broken && t[`kind_${broken.kind}`], broken?.operation, verdict.firstBroken].filter(Boolean).join(' · ')}
      </span>
    </span>
  );
}
