import { type ClipboardEvent, useEffect, useRef, useState } from 'react';
import { useDraft } from '#platform/draft.ts';
import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useText } from '#platform/language.tsx';
import { type OperationError, type OutputOf, useCommand } from '#platform/web.ts';
import { Button, ErrorLine, Icon, tell } from '#ui/index.tsx';
import { MOST_PICTURE_BYTES } from '../contract.ts';
import { pictureLine } from '../rules/manual.ts';
import styles from './Malls.module.css';
import { ManualText } from './ManualText.tsx';
import { text } from './text.ts';

type Manual = OutputOf<'malls.getManual'>;
type Pictures = Manual['pictures'];

/** Writes a manual beside how it will look. A screenshot is pasted or chosen; what was written survives a reload. */
export function ManualEditor({ manual, onClose }: { manual: Manual; onClose: () => void }) {
  const t = useText(text);
  const newest = manual.versions[0]?.version ?? 0;
  const older = manual.shown && manual.shown.version < newest ? manual.shown.version : null;
  const [draft, setDraft] = useDraft(`manual.${manual.mall}.${manual.topic}${older ? `.${older}` : ''}`);
  // What the writer saw, whatever others save meanwhile; a refusal tells of the newer one, and the next save knows it.
  const [seen, setSeen] = useState(newest);
  const body = draft || manual.body || '';
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.focus(), []);
  const picture = usePicture(manual, (line) => {
    const at = area.current?.selectionEnd ?? body.length;
    setDraft(`${body.slice(0, at)}${at > 0 ? '\n' : ''}${line}\n${body.slice(at)}`);
  });
  const save = useCommand('malls.saveManual');
  const input = {
    ...{ mall: manual.mall, topic: manual.topic, body },
    basedOn: seen,
  };
  const done = () => {
    setDraft('');
    tell(t.manualSaved);
    onClose();
  };
  const ready = body.trim() !== '' && (older !== null || body !== manual.body) && !save.isPending;
  const met = (error: OperationError) => {
    if (error.code === 'newer_version') setSeen(Number(error.facts.version));
  };
  const send = () => save.mutate(input, { onSuccess: done, onError: met });
  useHotkeys([
    { keys: 'Ctrl+Enter', title: { ko: '저장', en: 'Save' }, layer: 'page', run: send, when: () => ready },
    { keys: 'Escape', title: { ko: '취소', en: 'Cancel' }, layer: 'page', typing: true, run: onClose },
  ]);
  function paste(event: ClipboardEvent) {
    const file = [...event.clipboardData.files].find(({ type }) => type.startsWith('image/'));
    if (!file) return;
    event.preventDefault();
    void picture.add(file);
  }
  return (
    <div className={styles.edit}>
      <div>
        <textarea
          ref={area}
          aria-label={t.manual}
          maxLength={20_000}
          value={body}
          // An empty draft is none: what was emptied by hand stays so.
          onChange={(event) => setDraft(event.target.value || ' ')}
          onPaste={paste}
        />
        <p className="t3 f12">{t.manualHint}</p>
        <ErrorLine error={save.error ?? picture.error} />
        {picture.tooLarge && (
          <p role="alert" className="danger f12">
            {t.pictureTooLarge}
          </p>
        )}
        <div className="row">
          <label className={styles.choose}>
            <Icon name="clip" small />
            {t.addPicture}
            <input
              type="file"
              accept="image/png,image/jpeg,image/webp"
              onChange={(event) => event.target.files?.[0] && void picture.add(event.target.files[0])}
            />
          </label>
          <span className="grow" />
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button look="primary" hotkey="Ctrl+Enter" busy={save.isPending} disabled={!ready} onClick={send}>
            {t.save}
          </Button>
        </div>
      </div>
      <section aria-label={t.preview}>
        <ManualText body={body} pictures={[...manual.pictures, ...picture.added]} />
      </section>
    </div>
  );
}

/** Keeps a picture with the mall's manuals and writes its line into the text. */
function usePicture({ mall }: Manual, onAdded: (line: string) => void) {
  const [added, setAdded] = useState<Pictures>([]);
  const [tooLarge, setTooLarge] = useState(false);
  const keep = useCommand('malls.addPicture');
  async function add(file: File) {
    setTooLarge(file.size > MOST_PICTURE_BYTES);
    if (file.size > MOST_PICTURE_BYTES) return;
    const content = btoa(Array.from(new Uint8Array(await file.arrayBuffer()), (b) => String.fromCharCode(b)).join(''));
    keep.mutate(
      { mall, content },
      {
        onSuccess: ({ id }) => {
          setAdded((before) => [...before, { id, mime: file.type, content }]);
          onAdded(pictureLine(id, file.name.replace(/\.\w+$/, '')));
        },
      },
    );
  }
  return { added, add, tooLarge, error: keep.error };
}
