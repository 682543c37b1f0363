import { implement } from '#platform/context.ts';
import { customers } from '../contract.ts';
import { askBlock, decideBlock, liftBlock, listBlocks } from './block.ts';
import { changeCustomer } from './change-customer.ts';
import { getConduct, revokeStep, stopContact, tellStep } from './conduct.ts';
import { customerTimeline } from './customer-timeline.ts';
import { getCustomer } from './get-customer.ts';
import { addIdentity, removeIdentity } from './identities.ts';
import { confirmIdentity, getIdentity } from './identity.ts';
import { listChanges } from './list-changes.ts';
import { listCustomers } from './list-customers.ts';
import { mergeCustomers, previewMerge, unmergeCustomers } from './merge-customers.ts';
import { registerCustomer } from './register-customer.ts';
import { revealCustomer } from './reveal-customer.ts';
import { searchCustomers } from './search-customers.ts';
import { setConsent } from './set-consent.ts';

export const customersRoom = implement(customers, {
  list: listCustomers,
  search: searchCustomers,
  get: getCustomer,
  timeline: customerTimeline,
  register: registerCustomer,
  reveal: revealCustomer,
  identity: getIdentity,
  confirmIdentity,
  change: changeCustomer,
  changes: listChanges,
  setConsent,
  addIdentity,
  removeIdentity,
  previewMerge,
  merge: mergeCustomers,
  unmerge: unmergeCustomers,
  conduct: getConduct,
  tellStep,
  stopContact,
  revokeStep,
  askBlock,
  decideBlock,
  liftBlock,
  blocks: listBlocks,
});
