import { implement } from '#platform/context.ts';
import { malls } from '../contract.ts';
import { listContacts, removeContact, saveContact } from './contacts.ts';
import { getMall } from './get-mall.ts';
import { listLines, saveLine } from './lines.ts';
import { listMalls } from './list-malls.ts';
import { getManual, listManuals } from './read-manuals.ts';
import { addPicture, saveManual } from './save-manual.ts';

export const mallsRoom = implement(malls, {
  list: listMalls,
  get: getMall,
  listManuals,
  getManual,
  saveManual,
  addPicture,
  listLines,
  saveLine,
  listContacts,
  saveContact,
  removeContact,
});
