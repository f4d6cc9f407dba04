/** The demo city's people who have a window (`infra/local/windows.yaml`), by what they do in the journeys. */
const demo = (n: number) => `00000000-0000-4000-8000-000000000${n}`;

/** 佐藤 美咲, 税務課 主任 */
export const REPORTER = demo(101);
/** 鈴木 健太, 税務課 主事 */
export const SECOND = demo(102);
/** 清水 陽子, 総務課の当番 */
export const GENERAL_AFFAIRS = demo(301);
/** 中村 浩一, 税務部長 */
export const HEAD = demo(121);
