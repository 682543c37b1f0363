import { Fields } from '#policies/rules/fields.ts';
import type { Customs, Order, Orderer, Receiver } from './order.ts';

const ORDERER_NAMES = new Set(['id', 'name', 'phone', 'email']);
const RECEIVER_NAMES = new Set(['name', 'phone', 'phone2', 'postcode', 'address', 'memo']);

/** Who ordered; null when the order does not say. A text that is empty counts as absent, as files have many. */
export function readOrderer(at: Fields): Orderer | null {
  const value = at.raw('customer');
  if (!isObject(value)) return null;
  const who = new Fields(value, 'order.customer', 'T0');
  who.only(ORDERER_NAMES);
  const read = { name: said(who, 'name') ?? '', phone: said(who, 'phone'), email: said(who, 'email') };
  at.part(who);
  return read;
}

/** Who gets it; null: who ordered. */
export function readReceiver(at: Fields): Receiver | null {
  const value = at.raw('receiver');
  if (value === undefined || value === null) return null;
  const who = new Fields(value, 'order.receiver', 'T0');
  who.only(RECEIVER_NAMES);
  const read = {
    name: said(who, 'name') ?? '',
    phone: said(who, 'phone'),
    phone2: said(who, 'phone2'),
    postcode: said(who, 'postcode'),
    address: said(who, 'address'),
    memo: said(who, 'memo'),
  };
  at.part(who);
  return read;
}

/** 정기배송: which, and the how manieth. */
export function readSubscription(at: Fields): Order['subscription'] {
  const value = at.raw('subscription');
  if (value === undefined || value === null) return null;
  const fields = new Fields(value, 'order.subscription', 'T0');
  fields.only(new Set(['id', 'round']));
  const round = fields.has('round') && fields.raw('round') !== null ? fields.number('round', 1, 100_000) : null;
  const read = { id: fields.text('id'), round };
  at.part(fields);
  return read;
}

/** 해외직구: 통관고유부호, duties, return cost as notified. */
export function readCustoms(at: Fields): Customs | null {
  const value = at.raw('customs');
  if (value === undefined || value === null) return null;
  const fields = new Fields(value, 'order.customs', 'T0');
  fields.only(new Set(['code', 'duties', 'returnCost']));
  const won = (name: string) => (fields.raw(name) === null || !fields.has(name) ? null : fields.won(name));
  const read = { code: said(fields, 'code'), duties: won('duties'), returnCost: won('returnCost') };
  at.part(fields);
  return read;
}

function said(fields: Fields, name: string): string | null {
  return fields.raw(name) === '' ? null : fields.text(name, null);
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
