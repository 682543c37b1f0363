/** What is known of an order's delivery: its stage, the lines that the reader sees, and the parcels that hold them. */
export type Delivery = {
  stage: string;
  lines: readonly { id: string; qty: number }[];
  parcels: readonly { state: string; units: readonly { line: string; unitNos: readonly number[] }[] }[];
};

const ON_ITS_WAY = ['PLANNED', 'PACKED', 'SHIPPED'];
const TO_BE_SENT = ['PAID', 'PREPARING', 'SHIPPED'];

/**
 * Whether a partner needs the recipient's name, phone and address: while something of its own lines is still to be
 * delivered, and no longer. Unpaid and cancelled orders need none, what has arrived neither. The one rule for what a
 * partner sees of a person.
 */
export function needsRecipient({ stage, lines, parcels }: Delivery): boolean {
  if (stage === 'UNPAID' || stage === 'CANCELLED') return false;
  const own = new Set(lines.map(({ id }) => id));
  const held = parcels.filter(({ units }) => units.some(({ line }) => own.has(line)));
  if (held.some(({ state }) => ON_ITS_WAY.includes(state))) return true;
  const packed = (id: string) =>
    new Set(held.flatMap(({ units }) => units.filter(({ line }) => line === id).flatMap(({ unitNos }) => unitNos)))
      .size;
  return TO_BE_SENT.includes(stage) && lines.some(({ id, qty }) => packed(id) < qty);
}
