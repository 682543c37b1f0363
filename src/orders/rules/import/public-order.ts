import type { FileOrder } from './order-of.ts';

/** The order as `orders.import` takes it: without the file's own words, empty carriers and recipients left out. */
export function publicOrder(order: FileOrder): Record<string, unknown> {
  return {
    ...order,
    lines: order.lines.map(({ lineTotal: _, solutionNo: __, optionText, ...line }) => ({
      ...line,
      ...(optionText === null ? {} : { optionText }),
    })),
    parcels: order.parcels.map(({ carrierWord: _, ...parcel }) => parcel),
  };
}
