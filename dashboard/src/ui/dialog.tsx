import type { ReactNode } from "react";
import { useEffect, useId, useRef, useState } from "react";
import { useWords } from "../words/words.ts";
import { IconButton } from "./button.tsx";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** The browser's own dialog: it keeps the focus inside, gives it back, and closes with Escape. */
export function Dialog({ title, onClose, wide, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const words = useWords();
  // Asked while it is drawn: once it is open the focus is inside.
  const [opener] = useState(() => document.activeElement);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => {
      shown?.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, [opener]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className={`w-[calc(100%-2rem)] rounded-2xl border border-line bg-surface p-0 shadow-pop ${wide === true ? "max-w-3xl" : "max-w-lg"}`}
    >
      <header className="flex items-center justify-between gap-4 border-b border-line py-3 pr-3 pl-6">
        <h2 id={titleId} className="text-base font-semibold">
          {title}
        </h2>
        <IconButton icon="close" label={words.close} onClick={onClose} />
      </header>
      <div className="p-6">{children}</div>
    </dialog>
  );
}

/** The buttons at the end of a dialog or a form: the one that goes on stands last. */
export function Actions({ children }: { readonly children: ReactNode }) {
  return <div className="mt-6 flex flex-wrap justify-end gap-2">{children}</div>;
}
