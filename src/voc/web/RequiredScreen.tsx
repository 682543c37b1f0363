import { useMalls } from '#malls/web/parts.tsx';
import { useText, useTitle } from '#platform/language.tsx';
import { useCommand, useOperation } from '#platform/web.ts';
import { CheckField, Empty, ErrorLine, ErrorNote, Page, Scroll, Skeleton, tell } from '#ui/index.tsx';
import { text } from './text.ts';

/** Malls whose contacts end with a VOC record: one press each. */
export function Screen() {
  const t = useText(text);
  const title = useTitle();
  const malls = useMalls();
  const asked = useOperation('voc.requirements', {});
  const require = useCommand('voc.require');
  const isRequired = (mall: string) => asked.data?.items.some((row) => row.mall === mall && row.required) ?? false;
  const set = (mall: string, name: string, required: boolean) => {
    const undo = () => require.mutate({ mall, required: !required });
    require.mutate(
      { mall, required },
      { onSuccess: () => tell(required ? t.nowRequired(name) : t.nowFree(name), { undo }) },
    );
  };
  return (
    <Page title={t.requiredTitle} about={t.requiredAbout}>
      {asked.error && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
      {asked.isPending && <Skeleton rows={8} />}
      {asked.data && (
        <Scroll narrow>
          {malls.length === 0 && <Empty icon="voc" title={t.noMalls} />}
          <ErrorLine error={require.error} />
          {malls.map((mall) => (
            <p key={mall.id} style={{ minHeight: 32 }}>
              <CheckField
                label={title(mall.name)}
                checked={isRequired(mall.id)}
                onChange={(event) => set(mall.id, title(mall.name), event.target.checked)}
              />
            </p>
          ))}
        </Scroll>
      )}
    </Page>
  );
}
