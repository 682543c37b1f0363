import { useState } from 'react';
import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { type InputOf, useCommand } from '#platform/web.ts';
import { Button, ErrorLine, Field, tell } from '#ui/index.tsx';
import { type Choice, KIND_TABLE } from '../rules/kinds.ts';
import { FIELD_TYPES, filled, type Given } from './given.ts';
import styles from './Requests.module.css';
import { type Full, useRequestWords } from './request-words.ts';
import { text } from './text.ts';

/** The answers of the request's kind, each on one key; one that needs a fact opens its field first. */
export function AnswerButtons({ request }: { request: Full }) {
  const t = useText(text);
  const { language } = useRequestWords();
  const answer = useCommand('requests.answer');
  const [open, setOpen] = useState<Choice | null>(null);
  const [given, setGiven] = useState<Given>({});
  const desk = useCan()('tickets.note');
  const choices = KIND_TABLE[request.kind].answers;

  function send(choice: Choice) {
    const facts = { choice: choice.name, ...filled(given, [...choice.needs, ...choice.may]) };
    const input: InputOf<'requests.answer'> = { id: request.id, version: request.version, answer: facts };
    answer.mutate(input, { onSuccess: () => tell(t.sent) });
  }
  const press = (choice: Choice) => (choice.needs.length > 0 ? setOpen(choice) : send(choice));
  useHotkeys(
    choices.map((choice, i) => ({
      keys: String(i + 1),
      title: choice.title,
      layer: 'page' as const,
      run: () => press(choice),
    })),
    // At the desk a digit pressed by mistake would be somebody else's answer: there it takes a click.
    !desk,
  );
  return (
    <>
      <div className={styles.answers}>
        {choices.map((choice, i) => (
          <Button
            key={choice.name}
            look={open === choice ? 'primary' : 'plain'}
            {...(desk ? {} : { hotkey: String(i + 1) })}
            busy={answer.isPending}
            onClick={() => press(choice)}
          >
            {choice.title[language]}
          </Button>
        ))}
      </div>
      {open && (
        <form
          className={styles.answers}
          onSubmit={(event) => {
            event.preventDefault();
            send(open);
          }}
        >
          {[...new Set([...open.needs, ...open.may])].map((field, i) => (
            <Field
              key={field}
              autoFocus={i === 0}
              label={t[field]}
              type={FIELD_TYPES[field] ?? 'text'}
              required={open.needs.includes(field)}
              value={given[field] ?? ''}
              onChange={(event) => setGiven({ ...given, [field]: event.target.value })}
            />
          ))}
          <Button submit look="primary" busy={answer.isPending}>
            {open.title[language]}
          </Button>
        </form>
      )}
      <ErrorLine error={answer.error} />
    </>
  );
}
