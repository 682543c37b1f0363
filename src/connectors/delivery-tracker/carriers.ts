/** Korean carriers that delivery-tracker knows (its folder packages/core/src/carriers, seen 2026-11). */
export const carriers: readonly string[] = [
  ...['kr.cjlogistics', 'kr.hanjin', 'kr.lotte', 'kr.epost', 'kr.logen', 'kr.kdexp', 'kr.daesin', 'kr.ilyanglogis'],
  ...['kr.cvsnet', 'kr.cupost', 'kr.chunilps', 'kr.coupangls', 'kr.honamlogis', 'kr.kunyoung', 'kr.homepick'],
  ...['kr.todaypickup', 'kr.slx'],
];
