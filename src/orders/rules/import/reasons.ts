import type { Words } from '#platform/operation.ts';

/** Why a row is not imported. `about`: the heading concerned; `seen`: what stands there, never personal data. */
export type Problem = { code: RowReason; about?: string | undefined; seen?: string | undefined };

/** Texts of reasons: what is wrong, and what to do. `{about}` is a heading, `{seen}` what stands there. */
export const ROW_REASONS = {
  missing_value: {
    ko: "'{about}' 칸이 비어 있습니다. 값을 채워 다시 올려 주세요.",
    en: "'{about}' is empty. Fill it in and upload again.",
  },
  bad_number: {
    ko: "'{about}' 값 {seen}은(는) 원 단위 금액이 아닙니다. 숫자로 고쳐 주세요.",
    en: "'{about}' is no amount in won: {seen}. Correct it to a number.",
  },
  bad_quantity: {
    ko: "'{about}' 값 {seen}은(는) 1~1,000의 수량이 아닙니다. 고쳐 주세요.",
    en: "'{about}' is no quantity from 1 to 1,000: {seen}. Correct it.",
  },
  bad_date: {
    ko: "'{about}' 값 {seen}을(를) 날짜로 읽을 수 없습니다. 2026-11-25 13:00:00처럼 고쳐 주세요.",
    en: "'{about}' is no date: {seen}. Write it like 2026-11-25 13:00:00.",
  },
  bad_phone: {
    ko: "'{about}' 칸이 전화번호가 아닙니다. 고치거나 비워 주세요.",
    en: "'{about}' is no phone number. Correct it or leave it empty.",
  },
  lost_digits: {
    ko: "'{about}' 번호의 뒷자리가 엑셀에서 지워졌습니다({seen}). 되살릴 수 없으니 몰에서 파일을 다시 받아, 엑셀로 저장하지 말고 그대로 올려 주세요.",
    en: "Excel cut the last digits of '{about}' ({seen}). They cannot be restored: download the file again and upload it without saving it in Excel.",
  },
  sum_mismatch: {
    ko: "'{about}' 금액이 맞지 않습니다({seen}). 몰 화면의 금액과 비교해 고쳐 주세요.",
    en: "'{about}' does not add up ({seen}). Compare it with the mall's screen.",
  },
  duplicate: {
    ko: "같은 주문상품('{about}' {seen})이 파일에 서로 다른 내용으로 두 번 있습니다. 맞는 행만 남겨 주세요.",
    en: "The same order line ('{about}' {seen}) stands twice with different content. Leave only the right row.",
  },
  conflict: {
    ko: '한 주문번호에 서로 다른 주문이 있습니다({about} 다름). 주문번호를 확인해 주세요.',
    en: 'One order number stands for two different orders ({about} differs). Check the order number.',
  },
  formula: {
    ko: "'{about}' 칸의 수식에 계산된 값이 없습니다. 엑셀에서 값으로 바꿔 저장해 주세요.",
    en: "The formula in '{about}' has no value. Save it as a value in Excel.",
  },
  order_incomplete: {
    ko: '같은 주문의 다른 행에 문제가 있어 이 행도 등록하지 않습니다. 그 행을 고치면 함께 등록됩니다.',
    en: 'Another row of this order has a problem, so that the whole order waits. Correct that row.',
  },
  unknown_mall: {
    ko: "'{about}'의 몰 {seen}을(를) 알 수 없습니다. 몰 이름을 고치거나, 열 연결에서 몰을 골라 주세요.",
    en: "'{about}' names an unknown mall: {seen}. Correct it, or choose the mall in the mapping.",
  },
  mall_not_allowed: {
    ko: '{seen} 몰은 담당하는 몰이 아닙니다. 담당자에게 등록을 부탁해 주세요.',
    en: 'The mall {seen} is not among yours. Ask somebody who works for it.',
  },
  refused: {
    ko: '주문을 등록할 수 없습니다: {seen}',
    en: 'The order cannot be taken: {seen}',
  },
} as const satisfies Record<string, Words>;
export type RowReason = keyof typeof ROW_REASONS;

/** Why a whole file is not read. */
export const FILE_REASONS = {
  password_needed: {
    ko: '비밀번호가 걸린 파일입니다. 내려받을 때 정한 비밀번호를 입력해 주세요. 비밀번호는 저장하지 않습니다.',
    en: 'The file has a password. Enter the one chosen at the download; it is not stored.',
  },
  bad_password: {
    ko: '비밀번호가 맞지 않습니다. 내려받을 때 정한 비밀번호를 다시 입력해 주세요.',
    en: 'That password is wrong. Enter the one chosen at the download.',
  },
  unknown_format: {
    ko: '알고 있는 몰의 주문 파일이 아닙니다. 아래에서 열을 연결해 주세요. 같은 파일은 다음부터 자동으로 읽습니다.',
    en: 'This is no order file of a mall that we know. Map its columns below; the next such file is read by itself.',
  },
  missing_column: {
    ko: '필요한 열이 없습니다: {about}. 몰에서 그 열을 넣어 다시 받거나, 아래에서 다른 열을 연결해 주세요.',
    en: 'Columns are missing: {about}. Download the file with them, or map other columns below.',
  },
  not_a_table: {
    ko: '표로 된 파일이 아니거나 망가진 파일입니다. 몰에서 내려받은 엑셀이나 CSV를 그대로 올려 주세요.',
    en: 'The file is no table, or it is broken. Upload the Excel or CSV file as the mall gave it.',
  },
  empty: {
    ko: '파일에 주문 행이 없습니다. 기간과 상태를 확인해 다시 내려받아 주세요.',
    en: 'The file holds no order. Check its period and state, and download it again.',
  },
  too_large: {
    ko: '파일이 너무 큽니다({about}). 기간을 나누어 받아 주세요.',
    en: 'The file is too large ({about}). Download a shorter period.',
  },
  claim_list: {
    ko: '취소·반품·교환 목록입니다. 여기에서는 주문 파일만 등록합니다.',
    en: 'This is a list of claims; only order files are imported here.',
  },
} as const satisfies Record<string, Words>;
export type FileReason = keyof typeof FILE_REASONS;
export type FileProblem = { code: FileReason; about?: string };

/** The text of a reason with its heading and value filled in. */
export function reasonText(
  words: Words,
  { about = '', seen = '' }: { about?: string | undefined; seen?: string | undefined },
): Words {
  const fill = (text: string) => text.replaceAll('{about}', about).replaceAll('{seen}', seen);
  return { ko: fill(words.ko), en: fill(words.en) };
}
