import { type Checked, checkOrders } from '#orders/server/check-orders.ts';
import type { CliCommand } from './cli.ts';
import { openCompany } from './open-company.ts';
import { readOptions } from './options.ts';
import { tellLine } from './progress.ts';

/** `haedap orders check`: rebuilds each order from its events and compares with the tables; exit code 1 when one differs. */
export const ordersCheckCommand: CliCommand = async (argv) => {
  const { values } = readOptions(argv, { json: { type: 'boolean', default: false } } as const);
  const tell = values.json ? () => undefined : tellLine;
  const company = await openCompany({ purpose: 'haedap orders check', tell });
  try {
    const checked = await checkOrders(company.database.read);
    process.stdout.write(values.json ? `${JSON.stringify(checked)}\n` : `${textOf(checked)}\n`);
    return checked.brokenOrders + checked.lost === 0 ? 0 : 1;
  } finally {
    await company.close();
  }
};

function textOf({ checked, brokenOrders, without, lost, broken }: Checked): string {
  const count = (n: number) => n.toLocaleString('ko-KR');
  const lines = [
    `주문 ${count(checked)}건을 이벤트로 다시 만들어 비교했습니다. 다른 주문 ${count(brokenOrders)}건, 이벤트가 아직 없는 주문 ${count(without)}건, 표에 없는 주문 ${count(lost)}건.`,
    `Rebuilt ${count(checked)} orders from their events: ${count(brokenOrders)} differ, ${count(without)} without events yet, ${count(lost)} missing from the tables.`,
    ...broken.map(({ mallOrderNo, table, column }) => `  ${mallOrderNo}: ${table}.${column}`),
  ];
  return lines.join('\n');
}
