import { implement } from '#platform/context.ts';
import { malls } from '../contract.ts';
import { getMall } from './get-mall.ts';
import { listMalls } from './list-malls.ts';

export const mallsRoom = implement(malls, { list: listMalls, get: getMall });
