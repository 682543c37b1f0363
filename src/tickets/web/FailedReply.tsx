import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useCommand } from '#platform/web.ts';
import { Button, tell } from '#ui/index.tsx';
import styles from './Desk.module.css';
import { text } from './text.ts';
import type { Message } from './ticket-words.ts';

const failed = (error: Error) => tell(error.message, { tone: 'danger' });

/** Why a reply did not get through, and what its writer can do: say it again as a new attempt, or let it be. */
export function FailedReply({ ticket, message }: { ticket: string; message: Message }) {
  const t = useText(text);
  const can = useCan();
  const resend = useCommand('tickets.resend');
  const dismiss = useCommand('tickets.dismissFailed');
  const about = { id: ticket, message: message.id };
  return (
    <div className={styles.failed}>
      <span className={message.settled ? 't3 grow' : 'danger grow'}>{message.failure ?? t.failedUnknown}</span>
      {!message.settled && can('tickets.resend') && (
        <>
          <Button
            small
            icon="refresh"
            busy={resend.isPending}
            onClick={() => resend.mutate(about, { onSuccess: () => tell(t.sentAgain), onError: failed })}
          >
            {t.sendAgain}
          </Button>
          <Button
            small
            look="quiet"
            busy={dismiss.isPending}
            onClick={() =>
              dismiss.mutate({ ...about, reason: t.letItBeReason }, { onSuccess: () => tell(t.letBe), onError: failed })
            }
          >
            {t.letItBe}
          </Button>
        </>
      )}
    </div>
  );
}
