/** Making a formatter takes longer than using it a hundred times: each is made once for a language. */
function oncePerLanguage<Format>(make: (language: string) => Format): (language: string) => Format {
  const made = new Map<string, Format>();
  return (language) => {
    const known = made.get(language);
    if (known !== undefined) return known;
    const format = make(language);
    made.set(language, format);
    return format;
  };
}

const HOURS = { hour: "2-digit", minute: "2-digit" } as const;
const DAY = { day: "2-digit", month: "short" } as const;
// A log is read in columns: no AM and PM at its end.
const TO_THE_SECOND = { ...HOURS, second: "2-digit", hourCycle: "h23" } as const;

const ago = oncePerLanguage(
  (language) => new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" }),
);
const whole = oncePerLanguage(
  (language) => new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" }),
);
const hours = oncePerLanguage((language) => new Intl.DateTimeFormat(language, HOURS));
const seconds = oncePerLanguage((language) => new Intl.DateTimeFormat(language, TO_THE_SECOND));
const dayAndHours = oncePerLanguage(
  (language) => new Intl.DateTimeFormat(language, { ...DAY, ...HOURS }),
);
const dayAndSeconds = oncePerLanguage(
  (language) => new Intl.DateTimeFormat(language, { ...DAY, ...TO_THE_SECOND }),
);

export { ago, dayAndHours, dayAndSeconds, hours, seconds, whole };
