import { useId, useRef, useState } from 'react';
import { useMalls } from '#malls/web/parts.tsx';
import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useLanguage, useText, useTitle } from '#platform/language.tsx';
import { type InputOf, type OutputOf, useCommand, useOperation } from '#platform/web.ts';
import { Button, Dialog, ErrorLine, Field, Icon, SelectField, tell } from '#ui/index.tsx';
import { render } from '../rules/render.ts';
import { parse } from '../rules/syntax.ts';
import { EXAMPLE, NAMES, VARIABLES } from '../rules/variables.ts';
import styles from './Templates.module.css';
import { TemplateText } from './TemplateText.tsx';
import { text } from './text.ts';

type Template = OutputOf<'templates.get'>;
type Props = { template?: Template; folder?: string | undefined; onClose: () => void };
type Channel = NonNullable<NonNullable<InputOf<'templates.write'>['channels']>>[number];
const CHANNELS: readonly Channel[] = ['phone', 'email', 'chat', 'form', 'kakao', 'talktalk', 'sns', 'board'];

/** Writes a template or its next version; what it says of an example case stands beside it, what is wrong at once. */
export function TemplateEditor({ template, folder, onClose }: Props) {
  const t = useText(text);
  const title = useTitle();
  const malls = useMalls();
  const folders = useOperation('templates.folders', {});
  const write = useCommand('templates.write');
  const area = useRef<HTMLTextAreaElement>(null);
  const areaId = useId();
  const [name, setName] = useState(template?.title ?? '');
  const [body, setBody] = useState(template?.body ?? '');
  const [place, setPlace] = useState(template?.folder.id ?? folder ?? '');
  const [channel, setChannel] = useState<string>(template?.channels?.[0] ?? '');
  const [mall, setMall] = useState<string>(template?.malls?.[0] ?? '');
  const [codes, setCodes] = useState(template?.codes.join(', ') ?? '');
  const [note, setNote] = useState('');
  const inFolder = place || (folders.data?.items[0]?.id ?? '');
  const parsed = parse(body);
  const ready = name.trim() !== '' && body.trim() !== '' && inFolder !== '' && !('wrong' in parsed);

  function save() {
    if (!ready || write.isPending) return;
    const kept = <T extends string>(list: readonly T[] | null | undefined, chosen: string): T[] | null =>
      list && list[0] === chosen ? [...list] : chosen === '' ? null : [chosen as T];
    write.mutate(
      {
        ...(template ? { id: template.id, version: template.version } : {}),
        ...{ folder: inFolder, title: name.trim(), body: body.trim() },
        channels: kept<Channel>(template?.channels, channel),
        malls: kept(template?.malls, mall),
        codes: codes.split(',').flatMap((code) => code.trim().toUpperCase() || []),
        ...(note.trim() ? { note: note.trim() } : {}),
      },
      {
        onSuccess: ({ version }) => {
          tell(t.saved(String(version)));
          onClose();
        },
      },
    );
  }
  function insert(sign: string) {
    const field = area.current;
    const at = field?.selectionStart ?? body.length;
    setBody(body.slice(0, at) + sign + body.slice(field?.selectionEnd ?? at));
    setTimeout(() => {
      field?.focus();
      field?.setSelectionRange(at + sign.length, at + sign.length);
    });
  }
  useHotkeys([{ keys: 'Ctrl+Enter', title: { ko: '저장', en: 'Save' }, layer: 'dialog', run: save }]);
  return (
    <Dialog wide title={template ? template.title : t.newTemplate} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <div className={styles.pair}>
          <Field
            autoFocus
            label={t.title}
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <SelectField label={t.folder} value={inFolder} onChange={(event) => setPlace(event.target.value)}>
            {folders.data?.items.map(({ id, name: words }) => (
              <option key={id} value={id}>
                {words}
              </option>
            ))}
          </SelectField>
          <SelectField label={t.channels} value={channel} onChange={(event) => setChannel(event.target.value)}>
            <option value="">{t.any}</option>
            {CHANNELS.map((one) => (
              <option key={one} value={one}>
                {t[`ch_${one}`]}
              </option>
            ))}
          </SelectField>
          <SelectField label={t.malls} value={mall} onChange={(event) => setMall(event.target.value)}>
            <option value="">{t.any}</option>
            {malls.map((one) => (
              <option key={one.id} value={one.id}>
                {title(one.name)}
              </option>
            ))}
          </SelectField>
        </div>
        <div>
          <label htmlFor={areaId}>{t.body}</label>
          <textarea
            ref={area}
            id={areaId}
            className={styles.area}
            maxLength={5000}
            value={body}
            onChange={(event) => setBody(event.target.value)}
          />
        </div>
        <Names onPress={insert} />
        {'wrong' in parsed ? (
          <p className="danger row" role="alert">
            <Icon name="warn" small /> {t.at(String(body.slice(0, parsed.wrong.at).split('\n').length))}{' '}
            {t[`wrong_${parsed.wrong.code}`](parsed.wrong.what)}
          </p>
        ) : (
          <div>
            <p className="f12 t3">{t.preview}</p>
            <div className={styles.box}>
              <TemplateText text={render(parsed.nodes, EXAMPLE)} />
            </div>
          </div>
        )}
        <div className={styles.pair}>
          <Field
            label={t.codes}
            placeholder={t.codesHint}
            value={codes}
            onChange={(event) => setCodes(event.target.value)}
          />
          <Field label={t.note} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
        </div>
        <ErrorLine error={write.error} />
        <Button submit look="primary" hotkey="Ctrl+Enter" busy={write.isPending} disabled={!ready}>
          {t.saveVersion(String((template?.version ?? 0) + 1))}
        </Button>
      </form>
    </Dialog>
  );
}

function Names({ onPress }: { onPress: (sign: string) => void }) {
  const t = useText(text);
  const language = useLanguage();
  const signs = [...NAMES.map((name) => [`{${name}}`, VARIABLES[name][language]] as const)];
  return (
    <div>
      <p className="f12 t3">
        {t.variables} · {t.variablesAbout}
      </p>
      <p className={styles.names}>
        {[...signs, ['[[빈칸]]', '[[ ]]'] as const].map(([sign, about]) => (
          <Button key={sign} small look="quiet" title={about} onClick={() => onPress(sign)}>
            {sign}
          </Button>
        ))}
      </p>
    </div>
  );
}
