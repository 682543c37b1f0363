import { MallTagOf, useMallName } from '#malls/web/parts.tsx';
import { useLanguage, useText } from '#platform/language.tsx';
import { moment } from '#ui/format.ts';
import { Age, Chip, type Column, Waiting } from '#ui/index.tsx';
import { DeliveryLine } from './DeliveryLine.tsx';
import { deliveryText } from './delivery-text.ts';
import { type DeliveryRow, useBasis } from './delivery-words.ts';
import { type Step, spokenNo, useCarrier, useStepName } from './order-words.ts';

/** One line a parcel: whose it is, its way, where it stands since when, until when it is expected. */
export function useDeliveryColumns(): readonly Column<DeliveryRow>[] {
  const t = useText(deliveryText);
  const language = useLanguage();
  const mallName = useMallName();
  const carrier = useCarrier();
  const stepName = useStepName();
  const basis = useBasis();
  const at = (time: string | null) => (time ? moment(new Date(time), language) : '');
  const parcel = (row: DeliveryRow) => `${carrier(row.carrier)} ${spokenNo(row.trackingNo)}`;
  const lastOf = ({ last }: DeliveryRow) =>
    last ? [stepName({ ...last, note: null } as Step), last.place].filter(Boolean).join(' · ') : t.noRecord;
  const column = (
    id: string,
    title: string,
    width: number,
    text: Column<DeliveryRow>['text'],
  ): Column<DeliveryRow> => ({
    ...{ id, title, width, text },
    cell: (row) => <span className="el">{text(row)}</span>,
  });
  return [
    { ...column('mall', t.mall, 56, (row) => mallName(row.mall)), cell: (row) => <MallTagOf mall={row.mall} /> },
    {
      ...column('no', t.orderNo, 164, (row) => row.mallOrderNo),
      cell: (row) => <b className="med el">{row.mallOrderNo}</b>,
    },
    column('to', t.receiver, 72, (row) => row.receiverName),
    { ...column('parcel', t.trackingNo, 204, parcel), cell: (row) => <span className="t2 el">{parcel(row)}</span> },
    {
      ...column(
        'way',
        t.way,
        150,
        (row) => row.line.find(({ state }) => state === 'now' || state === 'wrong')?.kind ?? '',
      ),
      cell: (row) => <DeliveryLine line={row.line} />,
    },
    {
      ...column('state', t.state, 168, (row) => (row.stuck ? t[row.stuck.kind] : t.normal)),
      cell: (row) =>
        row.stuck ? (
          <span title={t[`${row.stuck.kind}_why`]}>
            <Chip tone="danger" icon="warn">
              {t[row.stuck.kind]}
            </Chip>{' '}
            <span className="danger f12">
              <Waiting since={row.stuck.since} />
            </span>
          </span>
        ) : (
          <span className="t2">{t.normal}</span>
        ),
    },
    {
      ...column('where', t.where, 200, (row) => `${lastOf(row)} ${at(row.last?.at ?? null)}`.trim()),
      grow: true,
      cell: (row) => (
        <span className="el">
          {lastOf(row)} <span className="t3 f12">{at(row.last?.at ?? null)}</span>
        </span>
      ),
    },
    {
      ...column('expected', t.expected, 124, (row) => at(row.expectedBy)),
      cell: (row) => (
        <span className="t2 f12" title={basis(row) ?? undefined}>
          {row.expectedBy ? at(row.expectedBy) : '–'}
        </span>
      ),
    },
    column('partner', t.partner, 104, (row) => row.partners.map(({ name }) => name).join(', ')),
    {
      ...column('checked', t.checked, 108, (row) => at(row.checkedAt)),
      cell: (row) => <span className="t3 f12">{row.checkedAt ? <Age at={row.checkedAt} /> : '–'}</span>,
    },
  ];
}
