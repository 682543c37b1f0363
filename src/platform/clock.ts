import { readFileSync } from 'node:fs';
import { type DataFolder, writeWhole } from './data-folder.ts';
import { Fault, type Tell } from './fault.ts';

/** Before this no Haedap existed: a clock that says so was never set. */
const EARLIEST = Date.parse('2026-11-01T00:00:00Z');
/** A clock may be set back by this much without harm: ids and times of records stay nearly in order. */
const TOLERATED_MS = 10 * 60_000;
const JUMP_MS = 30_000;
const LOOK_EVERY_MS = 10_000;

const clockFile = (folder: DataFolder): string => folder.file('clock');

function lastSeen(folder: DataFolder): number {
  try {
    return Number(readFileSync(clockFile(folder), 'utf8')) || 0;
  } catch {
    return 0;
  }
}

/**
 * Refuses to start on a clock that stands before the last time that Haedap ran on this data folder: records would get
 * times, deadlines and places in the audit chain before those that exist. Fault: `clock_wrong`.
 */
export function checkClock(folder: DataFolder, now: Date): void {
  const seen = lastSeen(folder);
  if (now.getTime() >= Math.max(EARLIEST, seen - TOLERATED_MS)) return;
  const since = new Date(Math.max(EARLIEST, seen)).toISOString();
  throw new Fault('clock_wrong', {
    ko: `컴퓨터의 시계가 ${now.toISOString()}로, 마지막으로 실행한 ${since}보다 과거입니다. 시간 동기화(NTP)로 시계를 맞추고 다시 시작하세요. 앞선 시각이 잘못되었던 것이라면 ${clockFile(folder)} 파일을 지우세요. 바뀐 것은 없습니다.`,
    en: `The computer's clock says ${now.toISOString()}, which is before the last run at ${since}. Set it by time synchronisation (NTP) and start again. If it was the earlier time that was wrong, remove ${clockFile(folder)}. Nothing was changed.`,
  });
}

export type ClockWatch = { stop: () => void };
type Clocks = { wall: () => number; steady: () => number };
const CLOCKS: Clocks = { wall: () => Date.now(), steady: () => performance.now() };

/** Milliseconds by which the wall clock moved otherwise than the steady one since the last call. */
export function jumpMeter({ wall, steady }: Clocks): () => number {
  let before = { wall: wall(), steady: steady() };
  return () => {
    const now = { wall: wall(), steady: steady() };
    const jump = now.wall - before.wall - (now.steady - before.steady);
    before = now;
    return jump;
  };
}

/** While running: notes the time in the data folder and says when the clock jumps; times go on from the new clock. */
export function watchClock(folder: DataFolder, tell: Tell, clocks = CLOCKS): ClockWatch {
  const jump = jumpMeter(clocks);
  const note = () => writeWhole(clockFile(folder), String(Math.max(clocks.wall(), lastSeen(folder))));
  const look = () => {
    const ms = jump();
    if (Math.abs(ms) >= JUMP_MS) tell(jumped(ms));
    // A full disk does not end a running server; the database says so by itself.
    try {
      note();
    } catch {}
  };
  note();
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

function jumped(ms: number) {
  const seconds = Math.round(Math.abs(ms) / 1000);
  return {
    ko: `컴퓨터의 시계가 ${seconds}초 ${ms > 0 ? '앞으로' : '뒤로'} 뛰었습니다. 시간 동기화(NTP)를 확인하세요. 기록의 시각은 새 시계를 따릅니다.`,
    en: `The computer's clock jumped ${seconds} s ${ms > 0 ? 'forward' : 'back'}. Check time synchronisation (NTP). Records take the new clock's time.`,
  };
}
