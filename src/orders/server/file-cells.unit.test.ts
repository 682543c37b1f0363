import { expect, test } from 'vitest';
import { customPreset } from '../rules/import/mapping.ts';
import { planOf } from '../rules/import/plan.ts';
import { readRow } from '../rules/import/read-row.ts';
import { maskedCells } from './file-cells.ts';

const headings = ['주문번호', '상품명', '수량', '정산예정금액', '구매자 ID', '', '배송속성', '배송속성'];
const plan = planOf(
  customPreset({ orderNo: '주문번호', name: '상품명', qty: '수량' }),
  { row: 1, headings },
  { mall: 'own' },
);

test('columns that no field reads stay with the row by their heading; blank ones and those without a heading do not', () => {
  const cells = ['N-1', '니트', '1', '12,300', 'kim123', 'x', '', 'N배송'];
  expect(readRow(plan, { no: 2, cells })).toMatchObject({
    rest: { 정산예정금액: '12,300', '구매자 ID': 'kim123', 배송속성: 'N배송' },
  });
  expect(readRow(plan, { no: 3, cells: ['N-2', '니트', '1'] })).not.toHaveProperty('rest');
});

test('what names or reaches a person is hidden, the rest is told as it stood', () => {
  expect(
    maskedCells({
      '구매자 ID': 'kim123',
      개인통관고유부호: 'P123456789012',
      판매자메모: '부재 시 010-2841-1234, kim@example.com 로 연락',
      정산예정금액: '12,300',
      상품주문번호: '2026113012345678',
    }),
  ).toEqual({
    '구매자 ID': '***',
    개인통관고유부호: '***',
    판매자메모: '부재 시 010-****-1234, k***@example.com 로 연락',
    정산예정금액: '12,300',
    상품주문번호: '2026113012345678',
  });
});
