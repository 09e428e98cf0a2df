import { useEffect, useState } from "react";
import { createStore, useStore } from "../api/store.ts";
import { ago, dayAndHours, dayAndSeconds, hours, seconds, whole } from "./formats.ts";
import { useLanguage } from "../words/words.ts";

/** One clock for the whole page: a timer in each of a thousand rows would keep it busy. */
const clock = createStore(Date.now());
setInterval(() => clock.set(Date.now()), 10_000);

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** “5 minutes ago”, in the reader's language; the exact time is in its title. */
export function Ago({ at }: { readonly at: string }) {
  const language = useLanguage();
  const now = useStore(clock);
  const time = new Date(at);
  const distance = time.getTime() - Math.max(now, Date.now() - 10_000);
  const [unit, size] = UNITS.find(([, ms]) => Math.abs(distance) >= ms) ?? ["second", 1_000];
  // "in 1 second" for what has just happened would be the two clocks' disagreement.
  const count = unit === "second" && Math.abs(distance) < 10_000 ? 0 : Math.trunc(distance / size);
  return (
    <time dateTime={at} title={whole(language).format(time)}>
      {ago(language).format(count, unit)}
    </time>
  );
}

/** Hours, minutes and seconds; on another day with the day before them. */
export function Clock({ at, short }: { readonly at: string; readonly short?: boolean }) {
  const language = useLanguage();
  const time = new Date(at);
  const isToday = time.toDateString() === new Date().toDateString();
  const format = isToday
    ? short === true
      ? hours
      : seconds
    : short === true
      ? dayAndHours
      : dayAndSeconds;
  return (
    <time dateTime={at} title={whole(language).format(time)} className="tabular-nums">
      {format(language).format(time)}
    </time>
  );
}

/** Whole seconds until then, counted down; never below 0. */
export function useSecondsUntil(at: string | undefined): number {
  const left = (): number =>
    at === undefined ? 0 : Math.max(0, Math.ceil((new Date(at).getTime() - Date.now()) / 1_000));
  const [shown, setShown] = useState(left);
  useEffect(() => {
    setShown(left());
    const timer = setInterval(() => setShown(left()), 500);
    return () => clearInterval(timer);
    // `left` is a function of `at` alone.
  }, [at]);
  return shown;
}
