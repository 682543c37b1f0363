/** Ways to know a customer. */
export const IDENTITY_KINDS = ['phone', 'email', 'mall_id', 'messenger'] as const;
export const MESSENGERS = ['kakao', 'talktalk', 'instagram', 'chat'] as const;
/** Where advertising may go (정보통신망법 제50조). */
export const CONSENT_CHANNELS = ['sms', 'email', 'phone', 'kakao'] as const;
export type IdentityKind = (typeof IDENTITY_KINDS)[number];

/** What a contact says or shows of itself. `account`: a member id of a mall or a key of a messenger. */
export type Contact = {
  name: string | null;
  phone: string | null;
  email: string | null;
  account: { kind: 'mall_id' | 'messenger'; source: string; value: string } | null;
};
/** A customer as far as matching needs it: all phones, e-mails and accounts, by their keys. */
export type Candidate = {
  id: string;
  name: string;
  phones: readonly string[];
  emails: readonly string[];
  accounts: readonly string[];
};
export type Match = { kind: 'same'; id: string; by: 'account' | 'phone' | 'email' } | { kind: 'maybe'; ids: string[] };

/**
 * What an identity is compared by; null when it is none. Phones: digits with the leading 0, whatever stands between
 * them (+82 10 … is 010 …), at least eight; safe numbers (050x) are lent for a while and tell nobody.
 */
export function identityKey(kind: IdentityKind, value: string): string | null {
  if (kind === 'phone') {
    const digits = value.replace(/\D/g, '').replace(/^(00)?82(?=[1-9])/, '0');
    return /^0\d{7,11}$/.test(digits) && !digits.startsWith('050') ? digits : null;
  }
  const plain = value.normalize('NFC').trim().toLowerCase();
  if (plain === '' || plain.includes('*')) return null;
  return kind !== 'email' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(plain) ? plain : null;
}

export const accountKey = (kind: 'mall_id' | 'messenger', source: string, key: string): string =>
  `${kind}\n${source}\n${key}`;

/** Names that may be told with blanks or none between their parts. */
const sameName = (a: string, b: string): boolean => plainName(a) === plainName(b);
const plainName = (name: string): string => name.normalize('NFC').replace(/\s+/g, '').toLowerCase();

/**
 * Who a contact is among customers, oldest first (issue 6, item 7): the account of a mall or messenger decides alone;
 * then phone and name, then e-mail and name. A phone or an e-mail alone only proposes, since families share them. A
 * name alone is nobody.
 */
export function matchContact(contact: Contact, candidates: readonly Candidate[]): Match {
  const { name, account } = contact;
  const phone = contact.phone === null ? null : identityKey('phone', contact.phone);
  const email = contact.email === null ? null : identityKey('email', contact.email);
  const key = account && identityKey(account.kind, account.value);
  if (account && key) {
    const mine = accountKey(account.kind, account.source, key);
    const found = candidates.find(({ accounts }) => accounts.includes(mine));
    if (found) return { kind: 'same', id: found.id, by: 'account' };
  }
  const byPhone = phone ? candidates.filter(({ phones }) => phones.includes(phone)) : [];
  const byEmail = email ? candidates.filter(({ emails }) => emails.includes(email)) : [];
  const named = (some: readonly Candidate[]) => some.find((one) => name !== null && sameName(one.name, name));
  const both = named(byPhone);
  if (both) return { kind: 'same', id: both.id, by: 'phone' };
  const mailed = named(byEmail);
  if (mailed) return { kind: 'same', id: mailed.id, by: 'email' };
  return { kind: 'maybe', ids: [...new Set([...byPhone, ...byEmail].map(({ id }) => id))] };
}
