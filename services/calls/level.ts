/**
 * How much help a case asks for (domain: Levels). `report` is a written report without a call: General Affairs
 * is told once, nobody is paged.
 */
export const LEVELS = ['report', 'advice', 'assist', 'emergency'] as const;
export type Level = (typeof LEVELS)[number];

export const isHigher = (a: Level, b: Level): boolean => LEVELS.indexOf(a) > LEVELS.indexOf(b);
