import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes } from "react";
import { useId } from "react";
import { Icon } from "./icon.tsx";

const BOX =
  "w-full rounded-lg border border-edge bg-surface px-3 text-sm placeholder:text-faint focus-visible:outline-offset-0";

interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "className"> {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
}

export function Field({ label, hint, error, ...rest }: FieldProps) {
  const id = useId();
  return (
    <Labelled id={id} label={label} hint={hint} error={error}>
      <input
        id={id}
        {...rest}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-hint`}
        className={`${BOX} h-10`}
      />
    </Labelled>
  );
}

interface SelectProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, "className"> {
  readonly label: string;
  /** The label is for those who hear the page, where what it is can be seen. */
  readonly bare?: boolean;
  readonly options: readonly (readonly [value: string, shown: string])[];
}

export function Select({ label, bare, options, ...rest }: SelectProps) {
  const id = useId();
  const select = (
    <select
      id={id}
      {...rest}
      aria-label={bare === true ? label : undefined}
      className={`${BOX} pr-8 ${bare === true ? "h-9" : "h-10"}`}
    >
      {options.map(([value, shown]) => (
        <option key={value} value={value}>
          {shown}
        </option>
      ))}
    </select>
  );
  if (bare === true) return select;
  return (
    <Labelled id={id} label={label}>
      {select}
    </Labelled>
  );
}

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function SearchField({ label, value, onChange }: SearchFieldProps) {
  return (
    <span className="relative block">
      <span className="pointer-events-none absolute inset-y-0 left-2.5 grid place-items-center text-faint">
        <Icon name="search" size={16} />
      </span>
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className={`${BOX} h-9 pl-8`}
      />
    </span>
  );
}

interface CheckProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "className" | "type"> {
  readonly label: string;
  readonly hint?: string;
}

export function Check({ label, hint, ...rest }: CheckProps) {
  return (
    <label className="flex items-start gap-2.5 py-1 text-sm">
      <input type="checkbox" {...rest} className="mt-0.5 size-4 accent-accent" />
      <span>
        {label}
        {hint !== undefined && <span className="block text-xs text-muted">{hint}</span>}
      </span>
    </label>
  );
}

function Labelled({
  id,
  label,
  hint,
  error,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <div className="mb-4">
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      {children}
      <p
        id={`${id}-hint`}
        className={`mt-1.5 text-xs ${error === undefined ? "text-muted" : "text-bad"}`}
        aria-live="polite"
      >
        {error ?? hint}
      </p>
    </div>
  );
}
