import { implement } from '#platform/context.ts';
import { customers } from '../contract.ts';
import { customerTimeline } from './customer-timeline.ts';
import { getCustomer } from './get-customer.ts';
import { confirmIdentity, getIdentity } from './identity.ts';
import { listCustomers } from './list-customers.ts';
import { registerCustomer } from './register-customer.ts';
import { revealCustomer } from './reveal-customer.ts';
import { searchCustomers } from './search-customers.ts';

export const customersRoom = implement(customers, {
  list: listCustomers,
  search: searchCustomers,
  get: getCustomer,
  timeline: customerTimeline,
  register: registerCustomer,
  reveal: revealCustomer,
  identity: getIdentity,
  confirmIdentity,
});
