import { useParams } from '@tanstack/react-router';
import { useText } from '#platform/language.tsx';
import { useSubjectOfPage } from '#platform/subject.ts';
import { useOperation } from '#platform/web.ts';
import { ErrorNote, Page, Scroll, Skeleton } from '#ui/index.tsx';
import { ConductPart } from './ConductPart.tsx';
import { Consents } from './Consents.tsx';
import { ChangesPart, CustomerActions, MergedPart } from './CustomerActions.tsx';
import { CustomerFacts } from './CustomerFacts.tsx';
import { CustomerTimeline } from './CustomerTimeline.tsx';
import { text } from './text.ts';
import { Ways } from './Ways.tsx';

/** One customer: who they are, and every contact and purchase of theirs. */
export function Screen() {
  const t = useText(text);
  const { customerId = '' } = useParams({ strict: false });
  const customer = useOperation('customers.get', { id: customerId });
  useSubjectOfPage('customer', customerId);
  return (
    <Page
      title={customer.data?.name ?? t.customers}
      actions={customer.data && <CustomerActions customer={customer.data} />}
    >
      {customer.error && <ErrorNote error={customer.error} onRetry={() => void customer.refetch()} />}
      {customer.isPending && <Skeleton rows={12} />}
      {customer.data && (
        <Scroll narrow>
          <CustomerFacts customer={customer.data} />
          <Ways customer={customer.data} />
          <Consents customer={customer.data} />
          <ConductPart customer={customer.data.id} />
          <MergedPart customer={customer.data} />
          <ChangesPart id={customer.data.id} />
          <CustomerTimeline id={customer.data.id} />
        </Scroll>
      )}
    </Page>
  );
}
