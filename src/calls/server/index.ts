import { implement } from '#platform/context.ts';
import { calls } from '../contract.ts';
import { getCall } from './get-call.ts';
import { listCalls } from './list-calls.ts';

export const callsRoom = implement(calls, { list: listCalls, get: getCall });
