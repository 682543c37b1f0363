/** Where goods lie and whose they are (재고 유형): 위탁, 직매입, 물류. */
export type InventoryType = 'CONSIGN' | 'DIRECT' | 'FULFIL';

/** Who can answer for a product: its partner (협력사), the MD, our logistics (물류). */
export const CONTACT_KINDS = ['partner', 'md', 'logistics'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/**
 * Whom to ask about a product, first one first (product.md C7). Consigned goods lie with the partner, who receives and
 * inspects them; bought ones are the MD's; fulfilled ones lie in our warehouse.
 */
const ORDER: Record<InventoryType, readonly ContactKind[]> = {
  CONSIGN: ['partner', 'md'],
  DIRECT: ['md', 'logistics'],
  FULFIL: ['logistics', 'md', 'partner'],
};

/** The contacts that there are, in the order in which a product of this type asks them; others fall out. */
export function contactsInOrder<C extends { kind: ContactKind }>(type: InventoryType, there: readonly C[]): C[] {
  return ORDER[type].flatMap((kind) => there.filter((contact) => contact.kind === kind));
}

/** The contact of our own side for a product group: who names the group, else who answers for all that nobody names. */
export function companyContactFor<C extends { groups: readonly string[] }>(
  group: string,
  there: readonly C[],
): C | null {
  return there.find(({ groups }) => groups.includes(group)) ?? there.find(({ groups }) => groups.length === 0) ?? null;
}
