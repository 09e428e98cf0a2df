import type { ButtonHTMLAttributes, ReactNode } from "react";
import type { IconName } from "./icon.tsx";
import { Icon } from "./icon.tsx";

type Kind = "primary" | "plain" | "quiet" | "danger";

const LOOKS: Readonly<Record<Kind, string>> = {
  primary: "bg-accent text-white hover:bg-accent-strong shadow-sm",
  plain: "border border-line bg-surface hover:border-edge hover:bg-raised",
  quiet: "text-muted hover:bg-raised hover:text-ink",
  danger: "border border-line bg-surface text-bad hover:border-bad hover:bg-bad-soft",
};

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "className"> {
  readonly kind?: Kind;
  readonly icon?: IconName;
  /** Something is under way: it cannot be pressed again, and says so. */
  readonly busy?: boolean;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

export function Button({ kind = "plain", icon, busy, wide, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={busy === true || rest.disabled === true}
      aria-busy={busy}
      className={`inline-flex h-9 items-center justify-center gap-2 rounded-lg px-3.5 text-sm font-medium whitespace-nowrap transition-colors disabled:opacity-55 ${wide === true ? "w-full" : ""} ${LOOKS[kind]}`}
    >
      {icon && <Icon name={icon} size={16} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "className"> {
  readonly icon: IconName;
  readonly label: string;
}

/** What is only a picture and can be pressed. */
export const ICON_LOOK =
  "inline-flex size-9 shrink-0 items-center justify-center rounded-lg text-muted transition-colors hover:bg-raised hover:text-ink disabled:opacity-50 aria-pressed:bg-accent-soft aria-pressed:text-accent-ink";

/** A button that is only a picture; its label is read out, and shown by the pointer. */
export function IconButton({ icon, label, ...rest }: IconButtonProps) {
  return (
    <button type="button" aria-label={label} title={label} {...rest} className={ICON_LOOK}>
      <Icon name={icon} />
    </button>
  );
}
