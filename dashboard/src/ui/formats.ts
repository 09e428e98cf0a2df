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
const sizeIn = (unit: string) =>
  oncePerLanguage(
    (language) =>
      new Intl.NumberFormat(language, { style: "unit", unit, maximumSignificantDigits: 3 }),
  );
const sizes = {
  kilobyte: sizeIn("kilobyte"),
  megabyte: sizeIn("megabyte"),
  gigabyte: sizeIn("gigabyte"),
};
const hours = oncePerLanguage((language) => new Intl.DateTimeFormat(language, HOURS));
const seconds = oncePerLanguage((language) => new Intl.DateTimeFormat(language, TO_THE_SECOND));
const dayAndHours = oncePerLanguage(
  (language) => new Intl.DateTimeFormat(language, { ...DAY, ...HOURS }),
);
const dayAndSeconds = oncePerLanguage(
  (language) => new Intl.DateTimeFormat(language, { ...DAY, ...TO_THE_SECOND }),
);

/** A size with its unit, in powers of 1,000 as disks have it: 68.2 MB. */
function bytes(size: number, language: string): string {
  const unit = size < 1e6 ? ["kilobyte", 1e3] : size < 1e9 ? ["megabyte", 1e6] : ["gigabyte", 1e9];
  const [name, worth] = unit as ["kilobyte" | "megabyte" | "gigabyte", number];
  return sizes[name](language).format(size / worth);
}

export { ago, bytes, dayAndHours, dayAndSeconds, hours, seconds, whole };
