/** For `expect.poll`: quick where it comes quickly, patient on a busy machine. In milliseconds. */
export const SOON = { timeout: 10_000, interval: 5 } as const;
