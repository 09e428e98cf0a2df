import type { AnchorHTMLAttributes } from "react";
import { addressOf, go } from "./route.ts";

interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  /** Such as `/events`. */
  readonly to: string;
}

/** A link to a page of the dashboard. Held keys and other buttons do what they do with any link. */
export function Link({ to, ...rest }: LinkProps) {
  return (
    <a
      {...rest}
      href={addressOf(to)}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        go(to);
        rest.onClick?.(event);
      }}
    />
  );
}
